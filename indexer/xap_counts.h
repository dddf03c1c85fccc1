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
	std::vector<std::pair<uint64_t, std::string>> members;

      public:
	void add(const std::string &value)
	{
		struct str rest = borrow(value);
		uint64_t set;

		numbers[xap_number_cut(&rest)]++;
		if (xap_set_cut(&rest, &set) && members.size() <= XAP_MEMBERS_MAX)
			members.emplace_back(set, value);
		for (; rest.len > 0 && !(*rest.ptr >= 'a' && *rest.ptr <= 'z');
		     rest = str_from(rest, 1))
			bytes[static_cast<unsigned char>(*rest.ptr)]++;
		while (rest.len > 0) {
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
		out->too_many_members = members.size() > XAP_MEMBERS_MAX;
		if (out->too_many_members)
			return;
		out->members = static_cast<xap_member *>(
			arena_array(mem, members.size(), sizeof(xap_member)));
		for (const auto &member : members)
			out->members[out->n_members++] = {member.first,
							  arena_str(mem, borrow(member.second))};
	}
};
} // namespace

#endif
