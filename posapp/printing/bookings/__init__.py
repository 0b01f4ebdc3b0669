"""The paper of bookings: the slip, on a roll and on a sheet."""
