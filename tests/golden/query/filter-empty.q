viza space: tag:""
