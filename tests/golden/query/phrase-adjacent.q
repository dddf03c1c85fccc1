a1"b2 c3"d4
