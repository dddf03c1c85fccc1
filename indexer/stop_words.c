/* The table of stop words, folded and sorted by bytes. Words that mean much in another language are not in it. */
#include "indexer/stop_words.h"

/* clang-format off */
static const struct {
	char word[12];
	uint8_t languages;
} stop_words[] = {
	{"a", STOP_RU | STOP_EN}, {"about", STOP_EN}, {"after", STOP_EN}, {"agar", STOP_UZ},
	{"all", STOP_EN}, {"also", STOP_EN}, {"ammo", STOP_UZ}, {"an", STOP_EN},
	{"and", STOP_EN}, {"any", STOP_EN}, {"are", STOP_EN}, {"as", STOP_EN}, {"at", STOP_EN},
	{"balki", STOP_UZ}, {"barcha", STOP_UZ}, {"be", STOP_EN}, {"been", STOP_EN},
	{"bez", STOP_RU}, {"bi", STOP_RU}, {"bilan", STOP_UZ}, {"bilo", STOP_RU},
	{"bir", STOP_UZ}, {"biroq", STOP_UZ}, {"bit", STOP_RU}, {"biz", STOP_UZ},
	{"bo'ladi", STOP_UZ}, {"bo'lgan", STOP_UZ}, {"bo'lib", STOP_UZ}, {"bo'lsa", STOP_UZ},
	{"bo'yicha", STOP_UZ}, {"bor", STOP_UZ}, {"bu", STOP_UZ}, {"bunda", STOP_UZ},
	{"bunday", STOP_UZ}, {"but", STOP_EN}, {"by", STOP_EN}, {"can", STOP_EN},
	{"cherez", STOP_RU}, {"chto", STOP_RU}, {"chtobi", STOP_RU}, {"chunki", STOP_UZ},
	{"deb", STOP_UZ}, {"degan", STOP_UZ}, {"dlya", STOP_RU}, {"do", STOP_RU | STOP_EN},
	{"edi", STOP_UZ}, {"ekan", STOP_UZ}, {"emas", STOP_UZ}, {"endi", STOP_UZ},
	{"eng", STOP_UZ}, {"esa", STOP_UZ}, {"eta", STOP_RU}, {"eti", STOP_RU}, {"eto", STOP_RU},
	{"etogo", STOP_RU}, {"etot", STOP_RU}, {"faqat", STOP_UZ}, {"for", STOP_EN},
	{"from", STOP_EN}, {"gde", STOP_RU}, {"had", STOP_EN}, {"ham", STOP_UZ},
	{"hamda", STOP_UZ}, {"hamma", STOP_UZ}, {"haqida", STOP_UZ}, {"har", STOP_UZ},
	{"has", STOP_EN}, {"hatto", STOP_UZ}, {"have", STOP_EN}, {"he", STOP_EN},
	{"her", STOP_EN}, {"his", STOP_EN}, {"how", STOP_EN}, {"i", STOP_RU | STOP_EN},
	{"if", STOP_EN}, {"ili", STOP_RU}, {"in", STOP_EN}, {"into", STOP_EN}, {"is", STOP_EN},
	{"it", STOP_EN}, {"its", STOP_EN}, {"ix", STOP_RU}, {"iz", STOP_RU}, {"je", STOP_RU},
	{"juda", STOP_UZ}, {"k", STOP_RU}, {"kabi", STOP_UZ}, {"kak", STOP_RU},
	{"kerak", STOP_UZ}, {"keyin", STOP_UZ}, {"ko'ra", STOP_UZ}, {"kogda", STOP_RU},
	{"kotoraya", STOP_RU}, {"kotorix", STOP_RU}, {"kotoriy", STOP_RU}, {"kotoriye", STOP_RU},
	{"lekin", STOP_UZ}, {"li", STOP_RU}, {"mejdu", STOP_RU}, {"men", STOP_UZ},
	{"mi", STOP_RU}, {"more", STOP_EN}, {"mumkin", STOP_UZ}, {"na", STOP_RU},
	{"nad", STOP_RU}, {"ne", STOP_RU}, {"nima", STOP_UZ}, {"no", STOP_RU | STOP_EN},
	{"not", STOP_EN}, {"o", STOP_RU}, {"o'sha", STOP_UZ}, {"ob", STOP_RU}, {"of", STOP_EN},
	{"on", STOP_RU | STOP_EN}, {"oni", STOP_RU}, {"ono", STOP_RU}, {"or", STOP_EN},
	{"orqali", STOP_UZ}, {"other", STOP_EN}, {"pered", STOP_RU}, {"po", STOP_RU},
	{"pod", STOP_RU}, {"posle", STOP_RU}, {"pri", STOP_RU}, {"qadar", STOP_UZ},
	{"qanday", STOP_UZ}, {"qaysi", STOP_UZ}, {"qilib", STOP_UZ}, {"s", STOP_RU},
	{"sen", STOP_UZ}, {"she", STOP_EN}, {"shu", STOP_UZ}, {"shunda", STOP_UZ},
	{"shunday", STOP_UZ}, {"siz", STOP_UZ}, {"so", STOP_RU | STOP_EN}, {"such", STOP_EN},
	{"tak", STOP_RU}, {"takje", STOP_RU}, {"tem", STOP_RU}, {"than", STOP_EN},
	{"that", STOP_EN}, {"the", STOP_EN}, {"their", STOP_EN}, {"then", STOP_EN},
	{"there", STOP_EN}, {"these", STOP_EN}, {"they", STOP_EN}, {"this", STOP_EN},
	{"those", STOP_EN}, {"to", STOP_RU | STOP_EN}, {"togo", STOP_RU}, {"tolko", STOP_RU},
	{"tomonidan", STOP_UZ}, {"u", STOP_UZ | STOP_RU}, {"uchun", STOP_UZ}, {"uje", STOP_RU},
	{"ular", STOP_UZ}, {"unda", STOP_UZ}, {"unga", STOP_UZ}, {"uni", STOP_UZ},
	{"uning", STOP_UZ}, {"ushbu", STOP_UZ}, {"v", STOP_RU}, {"va", STOP_UZ}, {"vi", STOP_RU},
	{"vo", STOP_RU}, {"vse", STOP_RU}, {"was", STOP_EN}, {"we", STOP_EN}, {"were", STOP_EN},
	{"what", STOP_EN}, {"which", STOP_EN}, {"will", STOP_EN}, {"with", STOP_EN},
	{"would", STOP_EN}, {"xuddi", STOP_UZ}, {"ya", STOP_RU}, {"yana", STOP_UZ},
	{"yego", STOP_RU}, {"yeshe", STOP_RU}, {"yesli", STOP_RU}, {"yest", STOP_RU},
	{"yeye", STOP_RU}, {"yo'q", STOP_UZ}, {"yoki", STOP_UZ}, {"you", STOP_EN},
	{"za", STOP_RU},
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
