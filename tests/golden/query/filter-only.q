tag:viza
