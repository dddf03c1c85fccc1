OR viza
