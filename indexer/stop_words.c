/* The table of stop words, folded and sorted by bytes. Words that mean much in another language are not in it. */
#include "indexer/stop_words.h"

/* clang-format off */
static const struct {
	char word[12];
	uint8_t languages;
} stop_words[] = {
	{"a", STOP_RU | STOP_EN}, {"about", STOP_EN}, {"after", STOP_EN}, {"agar", STOP_UZ},
	{"all", STOP_EN}, {"also", STOP_EN}, {"am", STOP_EN}, {"ammo", STOP_UZ}, {"an", STOP_EN},
	{"and", STOP_EN}, {"any", STOP_EN}, {"are", STOP_EN}, {"as", STOP_EN}, {"at", STOP_EN},
	{"balki", STOP_UZ}, {"barcha", STOP_UZ}, {"be", STOP_EN}, {"because", STOP_EN},
	{"been", STOP_EN}, {"being", STOP_EN}, {"between", STOP_EN}, {"bez", STOP_RU},
	{"bi", STOP_RU}, {"bila", STOP_RU}, {"bilan", STOP_UZ}, {"bili", STOP_RU},
	{"bilo", STOP_RU}, {"bir", STOP_UZ}, {"biroq", STOP_UZ}, {"bit", STOP_RU}, {"biz", STOP_UZ},
	{"bo'ladi", STOP_UZ}, {"bo'lar", STOP_UZ}, {"bo'lgan", STOP_UZ}, {"bo'lib", STOP_UZ},
	{"bo'lishi", STOP_UZ}, {"bo'lsa", STOP_UZ}, {"bo'yicha", STOP_UZ}, {"bor", STOP_UZ},
	{"both", STOP_EN}, {"bu", STOP_UZ}, {"budet", STOP_RU}, {"budut", STOP_RU},
	{"bunda", STOP_UZ}, {"bunday", STOP_UZ}, {"but", STOP_EN}, {"by", STOP_EN},
	{"can", STOP_EN}, {"chego", STOP_RU}, {"chem", STOP_RU}, {"chemu", STOP_RU},
	{"cherez", STOP_RU}, {"chey", STOP_RU}, {"chto", STOP_RU}, {"chtobi", STOP_RU},
	{"chunki", STOP_UZ}, {"chya", STOP_RU}, {"chyi", STOP_RU}, {"chyo", STOP_RU},
	{"could", STOP_EN}, {"deb", STOP_UZ}, {"degan", STOP_UZ}, {"did", STOP_EN},
	{"dlya", STOP_RU}, {"do", STOP_RU | STOP_EN}, {"does", STOP_EN}, {"doing", STOP_EN},
	{"during", STOP_EN}, {"each", STOP_EN}, {"edi", STOP_UZ}, {"ekan", STOP_UZ},
	{"ekanligi", STOP_UZ}, {"emas", STOP_UZ}, {"endi", STOP_UZ}, {"eng", STOP_UZ},
	{"esa", STOP_UZ}, {"eta", STOP_RU}, {"eti", STOP_RU}, {"etim", STOP_RU}, {"etimi", STOP_RU},
	{"etix", STOP_RU}, {"eto", STOP_RU}, {"etogo", STOP_RU}, {"etom", STOP_RU},
	{"etomu", STOP_RU}, {"etot", STOP_RU}, {"etoy", STOP_RU}, {"etu", STOP_RU},
	{"faqat", STOP_UZ}, {"few", STOP_EN}, {"for", STOP_EN}, {"from", STOP_EN}, {"gde", STOP_RU},
	{"had", STOP_EN}, {"ham", STOP_UZ}, {"hamda", STOP_UZ}, {"hamma", STOP_UZ},
	{"haqida", STOP_UZ}, {"har", STOP_UZ}, {"has", STOP_EN}, {"hatto", STOP_UZ},
	{"have", STOP_EN}, {"having", STOP_EN}, {"he", STOP_EN}, {"her", STOP_EN},
	{"here", STOP_EN}, {"him", STOP_EN}, {"his", STOP_EN}, {"how", STOP_EN},
	{"i", STOP_RU | STOP_EN}, {"if", STOP_EN}, {"ili", STOP_RU}, {"im", STOP_RU},
	{"in", STOP_EN}, {"into", STOP_EN}, {"is", STOP_EN}, {"it", STOP_EN}, {"its", STOP_EN},
	{"ix", STOP_RU}, {"iz", STOP_RU}, {"je", STOP_RU}, {"juda", STOP_UZ}, {"just", STOP_EN},
	{"k", STOP_RU}, {"kabi", STOP_UZ}, {"kak", STOP_RU}, {"kakaya", STOP_RU},
	{"kakim", STOP_RU}, {"kakimi", STOP_RU}, {"kakix", STOP_RU}, {"kakiye", STOP_RU},
	{"kakogo", STOP_RU}, {"kakom", STOP_RU}, {"kakomu", STOP_RU}, {"kakov", STOP_RU},
	{"kakova", STOP_RU}, {"kakovi", STOP_RU}, {"kakovo", STOP_RU}, {"kakoy", STOP_RU},
	{"kakoye", STOP_RU}, {"kakuyu", STOP_RU}, {"kem", STOP_RU}, {"kerak", STOP_UZ},
	{"keyin", STOP_UZ}, {"kimdan", STOP_UZ}, {"kimga", STOP_UZ}, {"kimni", STOP_UZ},
	{"kimning", STOP_UZ}, {"ko'ra", STOP_UZ}, {"kogda", STOP_RU}, {"kogo", STOP_RU},
	{"komu", STOP_RU}, {"kotoraya", STOP_RU}, {"kotorim", STOP_RU}, {"kotorimi", STOP_RU},
	{"kotorix", STOP_RU}, {"kotoriy", STOP_RU}, {"kotoriye", STOP_RU}, {"kotorogo", STOP_RU},
	{"kotorom", STOP_RU}, {"kotoromu", STOP_RU}, {"kotoroy", STOP_RU}, {"kotoroye", STOP_RU},
	{"kotoruyu", STOP_RU}, {"kto", STOP_RU}, {"kuda", STOP_RU}, {"lekin", STOP_UZ},
	{"li", STOP_RU}, {"me", STOP_EN}, {"mejdu", STOP_RU}, {"men", STOP_UZ}, {"mi", STOP_RU},
	{"mogut", STOP_RU}, {"mojet", STOP_RU}, {"mojno", STOP_RU}, {"more", STOP_EN},
	{"most", STOP_EN}, {"mumkin", STOP_UZ}, {"my", STOP_EN}, {"na", STOP_RU}, {"nad", STOP_RU},
	{"ne", STOP_RU}, {"necha", STOP_UZ}, {"nechanchi", STOP_UZ}, {"nechta", STOP_UZ},
	{"nega", STOP_UZ}, {"nego", STOP_RU}, {"nem", STOP_RU}, {"ney", STOP_RU}, {"neye", STOP_RU},
	{"nim", STOP_RU}, {"nima", STOP_UZ}, {"nimadan", STOP_UZ}, {"nimaga", STOP_UZ},
	{"nimani", STOP_UZ}, {"nimi", STOP_RU}, {"nix", STOP_RU}, {"no", STOP_RU | STOP_EN},
	{"nor", STOP_EN}, {"not", STOP_EN}, {"nyom", STOP_RU}, {"o", STOP_RU}, {"o'sha", STOP_UZ},
	{"ob", STOP_RU}, {"of", STOP_EN}, {"on", STOP_RU | STOP_EN}, {"once", STOP_EN},
	{"oni", STOP_RU}, {"only", STOP_EN}, {"ono", STOP_RU}, {"or", STOP_EN}, {"orqali", STOP_UZ},
	{"other", STOP_EN}, {"otkuda", STOP_RU}, {"our", STOP_EN}, {"own", STOP_EN},
	{"pered", STOP_RU}, {"po", STOP_RU}, {"pochemu", STOP_RU}, {"pod", STOP_RU},
	{"posle", STOP_RU}, {"pri", STOP_RU}, {"qachon", STOP_UZ}, {"qadar", STOP_UZ},
	{"qanaqa", STOP_UZ}, {"qancha", STOP_UZ}, {"qanchalik", STOP_UZ}, {"qanday", STOP_UZ},
	{"qayer", STOP_UZ}, {"qayerda", STOP_UZ}, {"qayerdan", STOP_UZ}, {"qayerga", STOP_UZ},
	{"qaysi", STOP_UZ}, {"qaysilar", STOP_UZ}, {"qilib", STOP_UZ}, {"s", STOP_RU},
	{"same", STOP_EN}, {"sen", STOP_UZ}, {"she", STOP_EN}, {"should", STOP_EN},
	{"shu", STOP_UZ}, {"shunda", STOP_UZ}, {"shunday", STOP_UZ}, {"siz", STOP_UZ},
	{"skolkim", STOP_RU}, {"skolkix", STOP_RU}, {"skolko", STOP_RU}, {"so", STOP_RU | STOP_EN},
	{"some", STOP_EN}, {"such", STOP_EN}, {"svoi", STOP_RU}, {"svoim", STOP_RU},
	{"svoimi", STOP_RU}, {"svoix", STOP_RU}, {"svoy", STOP_RU}, {"svoya", STOP_RU},
	{"svoye", STOP_RU}, {"svoyego", STOP_RU}, {"svoyem", STOP_RU}, {"svoyey", STOP_RU},
	{"svoyu", STOP_RU}, {"tak", STOP_RU}, {"takaya", STOP_RU}, {"takim", STOP_RU},
	{"takimi", STOP_RU}, {"takix", STOP_RU}, {"takiye", STOP_RU}, {"takje", STOP_RU},
	{"takogo", STOP_RU}, {"takom", STOP_RU}, {"takomu", STOP_RU}, {"takoy", STOP_RU},
	{"takoye", STOP_RU}, {"takuyu", STOP_RU}, {"tem", STOP_RU}, {"temi", STOP_RU},
	{"tex", STOP_RU}, {"than", STOP_EN}, {"that", STOP_EN}, {"the", STOP_EN},
	{"their", STOP_EN}, {"them", STOP_EN}, {"then", STOP_EN}, {"there", STOP_EN},
	{"these", STOP_EN}, {"they", STOP_EN}, {"this", STOP_EN}, {"those", STOP_EN},
	{"through", STOP_EN}, {"to", STOP_RU | STOP_EN}, {"togo", STOP_RU}, {"tolko", STOP_RU},
	{"tom", STOP_RU}, {"tomonidan", STOP_UZ}, {"tomu", STOP_RU}, {"too", STOP_EN},
	{"tot", STOP_RU}, {"toy", STOP_RU}, {"u", STOP_UZ | STOP_RU}, {"uchun", STOP_UZ},
	{"uje", STOP_RU}, {"ular", STOP_UZ}, {"unda", STOP_UZ}, {"unga", STOP_UZ}, {"uni", STOP_UZ},
	{"uning", STOP_UZ}, {"until", STOP_EN}, {"ushbu", STOP_UZ}, {"v", STOP_RU}, {"va", STOP_UZ},
	{"very", STOP_EN}, {"vi", STOP_RU}, {"vo", STOP_RU}, {"vse", STOP_RU}, {"was", STOP_EN},
	{"we", STOP_EN}, {"were", STOP_EN}, {"what", STOP_EN}, {"when", STOP_EN},
	{"where", STOP_EN}, {"which", STOP_EN}, {"while", STOP_EN}, {"who", STOP_EN},
	{"whom", STOP_EN}, {"whose", STOP_EN}, {"why", STOP_EN}, {"will", STOP_EN},
	{"with", STOP_EN}, {"would", STOP_EN}, {"xuddi", STOP_UZ}, {"ya", STOP_RU},
	{"yana", STOP_UZ}, {"yego", STOP_RU}, {"yemu", STOP_RU}, {"yeshe", STOP_RU},
	{"yesli", STOP_RU}, {"yest", STOP_RU}, {"yey", STOP_RU}, {"yeye", STOP_RU},
	{"yo'q", STOP_UZ}, {"yoki", STOP_UZ}, {"you", STOP_EN}, {"your", STOP_EN}, {"za", STOP_RU},
	{"zachem", STOP_RU},
};
/* clang-format on */

unsigned stop_word_languages(struct str t1)
{
	size_t low = 0, high = COUNT(stop_words);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(t1, str_c(stop_words[middle].word));

		if (order == 0)
			return stop_words[middle].languages;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}
