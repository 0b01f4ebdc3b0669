"""The window around the screens: rail, top bar, key bar, sheets, notices, keys. They know it as `Shell`."""
