"tashqi ishlar
