#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The names of states for the glossary, from Unicode CLDR: content/glossary-states.csv.

	npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-48.2.0.tgz
	tools/cldr_states.py package >content/glossary-states.csv

The names are CLDR's, in Uzbek (both scripts), Russian and English; what people also write (acronyms,
short names) is added from the table below. CLDR is under the Unicode licence: content/README-glossary.txt.
"""
import csv
import json
import sys

# Members of the United Nations and its observers, by ISO 3166.
STATES = """AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM
CA CF TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH
GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT
LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY
PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ
TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW VA PS""".split()

# Further forms: uz, ru, en.
ALSO = {
	"US": ("AQSH", "США; Соединённые Штаты Америки", "USA; United States of America"),
	"GB": ("Birlashgan Qirollik", "Соединённое Королевство", "UK; Great Britain"),
	"AE": ("BAA", "ОАЭ", "UAE"),
	"CN": ("Xitoy Xalq Respublikasi; XXR", "Китайская Народная Республика; КНР", "People’s Republic of China; PRC"),
	"KR": ("Koreya Respublikasi", "Южная Корея", "Republic of Korea; ROK"),
	"KP": ("KXDR", "КНДР", "DPRK"),
	"RU": ("Rossiya Federatsiyasi", "Российская Федерация; РФ", "Russian Federation"),
	"UZ": ("Oʻzbekiston Respublikasi", "Республика Узбекистан; РУз", "Republic of Uzbekistan"),
	"DE": ("GFR", "ФРГ; Федеративная Республика Германия", "Federal Republic of Germany; FRG"),
	"KG": ("", "Киргизия", ""),
	"TR": ("", "", "Turkey"),
	"CZ": ("Chexiya Respublikasi", "Чешская Республика", "Czech Republic"),
	"CI": ("Kot-d’Ivuar", "", "Ivory Coast"),
	"CD": ("Kongo Demokratik Respublikasi", "Демократическая Республика Конго; ДРК", "Democratic Republic of the Congo; DRC"),
	"CG": ("Kongo Respublikasi", "Республика Конго", "Republic of the Congo"),
	"MM": ("Birma", "Бирма", "Burma"),
	"BY": ("Belarus Respublikasi", "Белоруссия", ""),
	"MD": ("Moldaviya", "Молдавия", ""),
	"PS": ("Falastin", "Палестина", "Palestine"),
	"ZA": ("JAR", "ЮАР; Южная Африка", "RSA"),
	"SA": ("", "КСА", "KSA"),
	"TM": ("", "Туркмения", ""),
	"SZ": ("Svazilend", "Свазиленд", "Swaziland"),
	"VA": ("Muqaddas Taxt", "Святой Престол", "Holy See"),
	"TL": ("Sharqiy Timor", "Восточный Тимор", "East Timor"),
}
COLUMNS = "domain uz uz_cyrl ru en source".split()


def names(folder, lang):
	with open(f"{folder}/main/{lang}/territories.json", encoding="utf8") as f:
		return json.load(f)["main"][lang]["localeDisplayNames"]["territories"]


def joined(name, more):
	"""A name and further forms, none of them twice."""
	forms = [name.replace("‘", "ʻ")] + [form.strip() for form in more.split(";")]
	return "; ".join(dict.fromkeys(form for form in forms if form))


def main():
	folder = sys.argv[1]
	latin, cyrillic, russian, english = (names(folder, lang) for lang in ("uz", "uz-Cyrl", "ru", "en"))
	out = csv.writer(sys.stdout, lineterminator="\n")
	out.writerow(COLUMNS)
	for code in STATES:
		uz, ru, en = ALSO.get(code, ("", "", ""))
		out.writerow(["states", joined(latin[code], uz), cyrillic[code], joined(russian[code], ru),
			joined(english[code], en), "Unicode CLDR 48.2"])


main()
