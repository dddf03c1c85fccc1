viza - pasport --elchi -
