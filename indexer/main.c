/* devon-indexer: a child of the server, with one role and no more rights than that needs. */
#include "indexer/extract.h"
#include "indexer/sandbox.h"
#include "indexer/serve.h"
#include "indexer/writer.h"
#include "schema/base/log.h"
#include "schema/base/secret.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { SANITIZED = 1 }; /* shadow memory is larger than any limit */
#else
enum { SANITIZED = 0 };
#endif

enum { MIB = 1024 * 1024, EXIT_USAGE = 2, DEFAULT_FD = 3, CONVERT_SECONDS = SANITIZED ? 5 : 1 };

struct options {
	const char *index, *to;
	int fd;
};

struct role {
	const char *name;
	rlim_t memory, files;
	bool needs_index, needs_to;
	enum status (*run)(const struct options *options);
};

/* Processor time of one conversion; SIGPROF ends the process, and the server starts another. */
static void set_job_timer(time_t seconds)
{
	struct itimerval limit = {.it_value.tv_sec = seconds};

	(void)setitimer(ITIMER_PROF, &limit, NULL);
}

static void job_begins(void)
{
	set_job_timer(CONVERT_SECONDS);
}

static void job_ends(void)
{
	set_job_timer(0);
}

static enum status run_convert(const struct options *options)
{
	return markdown_serve(options->fd, job_begins, job_ends);
}

static enum status run_write(const struct options *options)
{
	return writer_serve(options->fd, options->index);
}

static enum status run_search(const struct options *options)
{
	return search_serve(options->fd, options->index);
}

static enum status run_compact(const struct options *options)
{
	return writer_compact(options->index, options->to);
}

/* What it needs is loaded and the file is mapped; then it can open nothing any more. */
static enum status run_extract(const struct options *options)
{
	struct str file;

	TRY(extract_prepare());
	TRY(extract_open(&file, STDIN_FILENO));
	if (!SANITIZED) /* the sanitizers look at files of the system */
		TRY(sandbox_seal());
	return extract_serve(options->fd, file);
}

static const struct role ROLES[] = {
	{"convert", 512 * (rlim_t)MIB, 256, false, false, run_convert},
	{"extract", 512 * (rlim_t)MIB, 64, false, false, run_extract},
	{"write", 1024 * (rlim_t)MIB, 4096, true, false, run_write},
	{"search", 1024 * (rlim_t)MIB, 4096, true, false, run_search},
	{"compact", 1024 * (rlim_t)MIB, 4096, true, true, run_compact},
};

static enum status limit_to(int resource, const char *name, rlim_t most)
{
	struct rlimit limit;

	if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
		return fail(ST_FAILED, "limit of %s: %s", name, strerror(errno));
	if (limit.rlim_max > most)
		limit.rlim_max = most;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit((__rlimit_resource_t)resource, &limit) != 0)
		return fail(ST_FAILED, "limit of %s: %s", name, strerror(errno));
	return ST_OK;
}

/*
 * Give up what the role does not need. Children of the server end with it; a tool that is called
 * by a person may go on.
 */
static enum status sandbox(const struct role *role)
{
	(void)umask(077);
	TRY(limit_to(RLIMIT_CORE, "core files", 0));
	TRY(limit_to(RLIMIT_NOFILE, "open files", role->files));
	if (role->run == run_extract)
		TRY(limit_to(RLIMIT_CPU, "processor time", EXTRACT_SECONDS));
	if (!SANITIZED)
		TRY(limit_to(RLIMIT_AS, "memory", role->memory));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_DUMPABLE, SANITIZED, 0, 0, 0) != 0) /* the leak checker looks inside */
		return fail(ST_FAILED, "give up rights: %s", strerror(errno));
	if (!role->needs_to && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
		return fail(ST_FAILED, "end with the server: %s", strerror(errno));
	return ST_OK;
}

static const char HELP[] =
	"usage: devon-indexer convert [--fd N]\n"
	"       devon-indexer extract [--fd N] <FILE\n"
	"       devon-indexer write --index FOLDER [--fd N]\n"
	"       devon-indexer search --index FOLDER [--fd N]\n"
	"       devon-indexer compact --index FOLDER --to NEWFOLDER\n"
	"All but the last are started by `devon serve` and speak with it over the socket N (3).\n";

static NORETURN void usage(const char *why)
{
	(void)fprintf(stderr, "devon-indexer: %s\n%s", why, HELP);
	exit(EXIT_USAGE);
}

static const struct role *find_role(const char *name)
{
	for (size_t i = 0; i < COUNT(ROLES); i++)
		if (strcmp(ROLES[i].name, name) == 0)
			return &ROLES[i];
	usage("unknown role");
}

static int read_fd(const char *text)
{
	int64_t fd;

	if (!str_to_i64(str_c(text), &fd) || fd < 0 || fd > 1023)
		usage("--fd takes the number of an open socket");
	return (int)fd;
}

static struct options read_options(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
		{"index", required_argument, NULL, 'i'}, {"fd", required_argument, NULL, 'f'},
		{"to", required_argument, NULL, 't'},    {"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'},     {0},
	};
	struct options out = {.fd = DEFAULT_FD};
	int option;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (option == 'i') {
			out.index = optarg;
		} else if (option == 'f') {
			out.fd = read_fd(optarg);
		} else if (option == 't') {
			out.to = optarg;
		} else if (option == 'h') {
			(void)fputs(HELP, stdout);
			exit(EXIT_SUCCESS);
		} else if (option == 'v') {
			(void)printf("devon-indexer, messages %s, index format %d\n", WIRE_VERSION,
				     INDEX_FORMAT);
			exit(EXIT_SUCCESS);
		} else {
			usage("unknown option");
		}
	}
	return out;
}

int main(int argc, char **argv)
{
	struct options options = read_options(argc, argv);
	const struct role *role;
	char who[32];

	if (optind != argc - 1)
		usage("one role, please");
	role = find_role(argv[optind]);
	if (role->needs_index && !options.index)
		usage("--index is missing");
	if (role->needs_to && !options.to)
		usage("--to is missing");
	(void)snprintf(who, sizeof(who), "indexer %s", role->name);
	log_init(who, LOG_INFO);
	if (secret_init() != ST_OK || sandbox(role) != ST_OK || role->run(&options) != ST_OK) {
		log_failure("running");
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
