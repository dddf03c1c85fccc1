"tashqi ishlar vazirligi" Тошкент
