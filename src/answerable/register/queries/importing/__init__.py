"""What a spreadsheet would put into the register: matched with what is here, checked, and planned."""
