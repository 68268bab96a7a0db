"""What the page of a recommendation shows: answers, replies, clocks, and what may be done now."""
