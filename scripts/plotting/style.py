"""Sizes and colours of all pictures."""

WIDTH_IN, DPI = 14.0, 100
BODY, SMALL, NAME, TITLE = 12.5, 10.5, 14.0, 18.0  # points: the README shows pictures at about two thirds of their width
BLACK, GREY, PALE = "#000000", "#5a5a5a", "#d0d0d0"
# Of Okabe and Ito (2008), darkened where text in the colour would be too faint on white; the reference is black.
PALETTE = ["#0072b2", "#d55e00", "#008f6b", "#aa3377", "#a67c00", "#3a9bd9", "#7a5230", "#6a6ad4"]
