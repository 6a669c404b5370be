// SPDX-License-Identifier: GPL-3.0-or-later
/* The summaries of the commands that are in a program of their own: both programs list them. See elsewhere.c. */
#ifndef OD_CLI_SUMMARIES_H
#define OD_CLI_SUMMARIES_H

#define OD_SUMMARY_TRIAGE "Reads many crashes, and says which of them are the same bug."
#define OD_SUMMARY_WHY "Says why two crashes are, or are not, the same bug."
#define OD_SUMMARY_MERGE "Folds the events of other triages together: NDJSON files and databases."
#define OD_SUMMARY_VMCORE "Reads a dump of memory: the system, its log decoded, stacks, tasks and modules."
#define OD_SUMMARY_MODULE "Shows what the loader knows of a module, and whether a kernel would load it."

#endif
