"""The shift of this till: its drawer is opened with a float, counted blind, closed with a Z."""
