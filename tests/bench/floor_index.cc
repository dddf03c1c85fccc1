/*
 * The floor for indexing: floor_index SHARD NEWDATABASE
 * Adds the documents of a finished shard, with the same terms, positions, values and data, to an
 * empty Xapian database: what no program that uses Xapian can do without. Reading them is not
 * counted. Prints the same figures as `index`.
 */
#include <xapian.h>

#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace
{
struct posting {
	std::string term;
	Xapian::termcount wdf;
	std::vector<Xapian::termpos> positions;
};

struct article {
	std::vector<posting> postings;
	std::vector<std::pair<Xapian::valueno, std::string>> values;
	std::string data;
};

constexpr size_t BATCH = 500, COMMIT_EVERY = 6500; /* about 32 MB of text, as the writer does */

double cpu_seconds()
{
	timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

article read_article(const Xapian::Database &db, Xapian::docid id)
{
	article out;
	Xapian::Document doc = db.get_document(id);

	for (auto at = doc.termlist_begin(); at != doc.termlist_end(); ++at) {
		posting p{*at, at.get_wdf(), {}};

		for (auto pos = at.positionlist_begin(); pos != at.positionlist_end(); ++pos)
			p.positions.push_back(*pos);
		out.postings.push_back(p);
	}
	for (auto at = doc.values_begin(); at != doc.values_end(); ++at)
		out.values.emplace_back(at.get_valueno(), *at);
	out.data = doc.get_data();
	return out;
}

void add_article(Xapian::WritableDatabase &db, const article &a)
{
	Xapian::Document doc;

	for (const posting &p : a.postings) {
		doc.add_term(p.term, p.wdf);
		for (Xapian::termpos position : p.positions)
			doc.add_posting(p.term, position, 0);
	}
	for (const auto &value : a.values)
		doc.add_value(value.first, value.second);
	doc.set_data(a.data);
	db.add_document(doc);
}
} // namespace

int main(int argc, char **argv)
{
	double seconds = 0;
	size_t count = 0;

	if (argc != 3) {
		std::fputs("usage: floor_index SHARD NEWDATABASE\n", stderr);
		return 2;
	}
	Xapian::Database from(argv[1]);
	Xapian::WritableDatabase to(argv[2], Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
	auto id = from.postlist_begin("");

	while (id != from.postlist_end("")) {
		std::vector<article> batch;

		for (; id != from.postlist_end("") && batch.size() < BATCH; ++id)
			batch.push_back(read_article(from, *id));
		double start = cpu_seconds();

		for (const article &a : batch) {
			add_article(to, a);
			if (++count % COMMIT_EVERY == 0)
				to.commit();
		}
		seconds += cpu_seconds() - start;
	}
	double start = cpu_seconds();

	to.commit();
	seconds += cpu_seconds() - start;
	std::printf("floor articles %zu cpu %.2f articles_per_cpu_s %.0f\n", count, seconds,
		    double(count) / seconds);
	return 0;
}
