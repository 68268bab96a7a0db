"""Who may do what to the register, and when: refusals are sentences for the person who tried."""
