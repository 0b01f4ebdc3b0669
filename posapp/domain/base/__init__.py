"""What every part of this floor stands on."""
