/* Counting what stands in a value over the matches of a search. Private to the shim. */
#ifndef INDEXER_XAP_COUNTS_H
#define INDEXER_XAP_COUNTS_H

#include "indexer/xap_inside.h"

#include <algorithm>
#include <array>
#include <map>

namespace
{
class Counts
{
	std::map<uint64_t, uint32_t> numbers;
	std::array<uint32_t, 256> bytes{};
	std::map<std::string, uint32_t, std::less<>> lines;

	/* Read the number at the beginning; gives where it ends. */
	static size_t number_end(const std::string &value, uint64_t &number)
	{
		size_t at = 0;

		for (unsigned shift = 0; at < value.size() && shift < 64; shift += 7) {
			const auto byte = static_cast<unsigned char>(value[at++]);

			number |= uint64_t(byte & 0x7F) << shift;
			if (byte < 0x80)
				break;
		}
		return at;
	}

      public:
	void add(const std::string &value)
	{
		uint64_t number = 0;
		size_t at = number_end(value, number);

		numbers[number]++;
		for (; at < value.size() && !(value[at] >= 'a' && value[at] <= 'z'); at++)
			bytes[static_cast<unsigned char>(value[at])]++;
		for (struct str rest = str_from(borrow(value), at); rest.len > 0;) {
			struct str line = str_cut(&rest, '\n');
			auto found = lines.find(std::string_view(line.ptr, line.len));

			if (found != lines.end())
				found->second++;
			else
				lines.emplace(text(line), 1);
		}
	}
	void keep(struct xap_answer *out, struct arena *mem) const
	{
		out->lines =
			static_cast<xap_line *>(arena_array(mem, lines.size(), sizeof(xap_line)));
		for (const auto &line : lines)
			out->lines[out->n_lines++] = {arena_str(mem, borrow(line.first)),
						      line.second};
		out->numbers = static_cast<xap_number *>(
			arena_array(mem, numbers.size(), sizeof(xap_number)));
		for (const auto &number : numbers)
			out->numbers[out->n_numbers++] = {number.first, number.second};
		std::copy(bytes.begin(), bytes.end(), out->bytes);
	}
};
} // namespace

#endif
