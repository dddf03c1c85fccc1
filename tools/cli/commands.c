/* The table of all commands. */
#include "tools/cli/cli.h"

#define PEOPLE_USAGE                                                                               \
	"devon person add LOGIN [--name NAME] [--office KEY] [--password-stdin]\n"                 \
	"       devon person list\n"                                                               \
	"       devon person set LOGIN [--name NAME] [--office KEY] [--position TEXT]\n"           \
	"             [--languages TEXT] [--skills TEXT] [--phone TEXT] [--mail TEXT]\n"           \
	"             [--duties none|accounts|audit|accounts,audit]\n"                             \
	"       devon person disable|enable LOGIN\n"                                               \
	"       devon person password LOGIN [--password-stdin]\n"

const struct command commands[] = {
	{"init", "devon init [--admin LOGIN] [--password-stdin] [--starter DIR]\n",
	 COMMAND_WRITES | COMMAND_CHILDREN | COMMAND_CREATES, " --admin --starter ", " --starter ",
	 cmd_init},
	{"import",
	 "devon import [--space KEY] [--author LOGIN] [--format markdown|jsonl] PATH...\n",
	 COMMAND_WRITES | COMMAND_CHILDREN | COMMAND_PATHS, " --space --author --format ", "",
	 cmd_import},
	{"export", "devon export [--space KEY] [--format markdown|jsonl] [--history] DIR\n",
	 COMMAND_WRITES | COMMAND_PATHS, " --space --format ", "", cmd_export},
	{"index", "devon index [--rebuild | --check | --wait]\n", COMMAND_WRITES | COMMAND_CHILDREN,
	 "", "", cmd_index},
	{"search",
	 "devon search [--as LOGIN] [--limit N] [--json] QUERY\n"
	 "       devon search --batch FILE [--as LOGIN] [--limit N] [--tag NAME]\n",
	 COMMAND_WRITES | COMMAND_CHILDREN, " --as --limit --batch --tag ", " --batch ",
	 cmd_search},
	{"person", PEOPLE_USAGE, COMMAND_WRITES,
	 " --name --office --position --languages --skills --phone --mail --duties ", "",
	 cmd_person},
	{"group",
	 "devon group add KEY [--name NAME]\n"
	 "       devon group set KEY [--name NAME] [--purpose TEXT]\n"
	 "       devon group member KEY LOGIN [--remove]\n"
	 "       devon group list\n",
	 COMMAND_WRITES, " --name --purpose ", "", cmd_group},
	{"office",
	 "devon office add KEY [--name NAME] [--kind KIND] [--parent KEY] [--city NAME]\n"
	 "             [--country NAME] [--zone ZONE]\n"
	 "       devon office list\n",
	 COMMAND_WRITES, " --name --kind --parent --city --country --zone ", "", cmd_office},
	{"space",
	 "devon space add KEY [--name NAME] [--description TEXT] [--lang TAG]\n"
	 "       devon space set KEY [--name NAME] [--description TEXT] [--lang TAG]\n"
	 "       devon space list [--lang TAG]\n"
	 "TAG says which language the name is in: uz-Latn, uz-Cyrl, ru or en.\n",
	 COMMAND_WRITES, " --name --description --lang ", "", cmd_space},
	{"grant", "devon grant SPACE GROUP none|read|write|manage\n", COMMAND_WRITES, "", "",
	 cmd_grant},
	{"term",
	 "devon term list [WORD]\n"
	 "       devon term import FILE\n"
	 "       devon term export FILE\n",
	 COMMAND_WRITES, " import export ", " import export ", cmd_term},
	{"token", "devon token create LOGIN [--scope read|write] [--days N] [--name NAME]\n",
	 COMMAND_WRITES, " --scope --days --name ", "", cmd_token},
	{"analyse", "devon analyse TEXT\n", COMMAND_NO_APP | COMMAND_HERE, "", "", cmd_analyse},
	{"backup", "devon backup FILE\n", COMMAND_READS | COMMAND_HERE, "", "", cmd_backup},
	{"restore", "devon restore [--force] FILE\n", COMMAND_NO_APP | COMMAND_HERE | COMMAND_ALONE,
	 "", "", cmd_restore},
	{"check", "devon check\n", COMMAND_WRITES | COMMAND_CHILDREN, "", "", cmd_check},
	{"audit", "devon audit verify\n", COMMAND_READS, "", "", cmd_audit},
	{"migrate", "devon migrate [--dry-run]\n", COMMAND_NO_APP | COMMAND_HERE | COMMAND_ALONE,
	 "", "", cmd_migrate},
	{"status", "devon status [--json]\n", COMMAND_READS, "", "", cmd_status},
};
const size_t n_commands = COUNT(commands);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < n_commands; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}
