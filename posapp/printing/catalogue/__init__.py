"""The paper of the catalogue: price labels."""
