"""Small widgets that several screens are made of: buttons, labels, cards, choices, painting."""
