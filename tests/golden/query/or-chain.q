a1 OR b2 OR c3
