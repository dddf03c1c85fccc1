space:Help tag:"uzoq muddat" lang:uz-Latn lang:ru viza type:article author:a.karimov -space:old -lang:en
