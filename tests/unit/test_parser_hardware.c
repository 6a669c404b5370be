// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What hardware reports of itself, corrected or not. All are synthetic: the literals of drivers/edac/mce_amd.c (6.1),
 * drivers/edac/edac_mc.c (3.4 and 6.1), drivers/edac/sb_edac.c and skx_common.c (6.1), arch/x86/kernel/cpu/mce/core.c
 * (6.1) and mm/memory-failure.c (3.16, 5.10 and 6.1), filled with values.
 */
#include "tests/parse.h"

#define LOGGED "mce: [Hardware Error]: Machine check events logged\n"
#define AMD_STATUS "[Hardware Error]: CPU:3 (19:61:2) MC21_STATUS[Over|CE|MiscV|AddrV|-|-|SyndV|CECC|-|-|-]: 0xdc2040000400011b\n"
#define AMD_UNIT "[Hardware Error]: Unified Memory Controller Ext. Error Code: 0, DRAM ECC error.\n"
#define CE_LINE "EDAC MC3: 1 CE memory read error on CPU_SrcID#0_Channel#0_DIMM#0 (channel:0 slot:0 page:0x12345 offset:0x0)\n"
#define BANK_OF(driver, status)                                                                                        \
	"EDAC " driver " MC3: HANDLING MCE MEMORY ERROR\nEDAC " driver " MC3: CPU 2: Machine Check Event: " status "\n"    \
	"EDAC " driver " MC3: TSC 0\nEDAC " driver " MC3: ADDR 12345000 EDAC " driver " MC3: MISC 144780c86\n"

static const struct {
	const char *log;
	size_t count;	/* of events: what is expected of the first follows */
	enum od_severity severity;
	const char *message, *code, *comm;
	int cpu, pid;
} rows[] = {
	{"EDAC MC0: 1 CE on mc#0csrow#3channel#0 (csrow:3 channel:0)\n", 1, OD_SEVERITY_REPORT, "CE on mc#0csrow#3channel#0", "", "", -1, -1},
	{"EDAC MC1: 2 UE memory scrubbing error on DIMM_B2 (channel:1 slot:0)\n", 1, OD_SEVERITY_WARNING,
	 "UE memory scrubbing error on DIMM_B2", "", "", -1, -1},
	{"EDAC MC0: CE page 0x12, offset 0x40, grain 8, syndrome 0x12, row 1, channel 0, label \"A1\": e7xxx CE\n", 1, OD_SEVERITY_REPORT,
	 "CE page 0x12, offset 0x40, grain 8, syndrome 0x12, row 1, channel 0, label \"A1\": e7xxx CE", "", "", -1, -1},
	{"EDAC MC0: CE - no information available: e7xxx CE log register overflow\n", 1, OD_SEVERITY_REPORT,
	 "CE - no information available: e7xxx CE log register overflow", "", "", -1, -1},
	{CE_LINE CE_LINE, 2, OD_SEVERITY_REPORT, "CE memory read error on CPU_SrcID#0_Channel#0_DIMM#0", "", "", -1, -1},
	{BANK_OF("sbridge", "0 Bank 7: 8c00004000010090") CE_LINE, 1, OD_SEVERITY_REPORT,
	 "bank 7\nCE memory read error on CPU_SrcID#0_Channel#0_DIMM#0", "8c00004000010090", "", 2, -1},
	{BANK_OF("skx", "0x0 Bank 7: 0x8c00004000010090") CE_LINE CE_LINE, 2, OD_SEVERITY_REPORT,
	 "bank 7\nCE memory read error on CPU_SrcID#0_Channel#0_DIMM#0", "8c00004000010090", "", 2, -1},
	{LOGGED BANK_OF("skx", "0x0 Bank 7: 0x8c00004000010090"), 1, OD_SEVERITY_REPORT, "bank 7", "8c00004000010090", "", 2, -1},
	{LOGGED "[Hardware Error]: Corrected error, no action required.\n" AMD_STATUS AMD_UNIT CE_LINE, 1, OD_SEVERITY_REPORT,
	 "bank 21\nUnified Memory Controller Ext. Error Code: 0, DRAM ECC error.\n"
	 "CE memory read error on CPU_SrcID#0_Channel#0_DIMM#0", "dc2040000400011b", "", 3, -1},
	{"[Hardware Error]: Deferred error, no action required.\n" AMD_STATUS, 1, OD_SEVERITY_REPORT, "bank 21", "dc2040000400011b", "", 3, -1},
	{"[Hardware Error]: Uncorrected, software restartable error.\n" AMD_STATUS, 1, OD_SEVERITY_WARNING, "bank 21", "dc2040000400011b", "", 3, -1},
	{"[Hardware Error]: System Fatal error.\n" AMD_STATUS, 1, OD_SEVERITY_PANIC, "bank 21", "dc2040000400011b", "", 3, -1},
	{"[Hardware Error]: Corrected error, no action required.\n" AMD_STATUS "[Hardware Error]: Corrected error, no action required.\n"
	 AMD_STATUS, 2, OD_SEVERITY_REPORT, "bank 21", "dc2040000400011b", "", 3, -1},
	{LOGGED "mce: [Hardware Error]: CPU 1: Machine Check: 0 Bank 6: cc59dec000041152\n", 1, OD_SEVERITY_REPORT, "bank 6",
	 "cc59dec000041152", "", 1, -1},
	{LOGGED "mce: [Hardware Error]: CPU 1: Machine Check: 0 Bank 4: b200000000070f0f\n", 1, OD_SEVERITY_WARNING, "bank 4",
	 "b200000000070f0f", "", 1, -1},
	{"[Hardware Error]: Corrected error, no action required.\n"
	 "[Hardware Error]: CPU:3 (15:2:0) MC2_STATUS[Over|CE|MiscV|-|AddrV|-|-|CECC]: 0xdc25405000040136\n"
	 "[Hardware Error]: MC2 Error Address: 0x00000007a16bc838\n[Hardware Error]: MC2 Error: Fill ECC error on data fills.\n", 1,
	 OD_SEVERITY_REPORT, "bank 2\nMC2 Error: Fill ECC error on data fills.", "dc25405000040136", "", 3, -1},
	{"[Hardware Error]: Uncorrected, software restartable error.\n" AMD_STATUS
	 "Memory failure: 0x1a2b3c: Sending SIGBUS to CPU 0/KVM:1234 due to hardware memory corruption\n"
	 "Memory failure: 0x1a2b3c: recovery action for dirty LRU page: Recovered\n", 1, OD_SEVERITY_WARNING,
	 "bank 21\nSending SIGBUS to CPU 0/KVM:1234 due to hardware memory corruption\nrecovery action for dirty LRU page: Recovered",
	 "dc2040000400011b", "CPU 0/KVM", 3, 1234},
	{"[Hardware Error]: Uncorrected, software restartable error.\nMCE 0x1a2b3c: Killing mysqld:77 early due to hardware memory corruption\n", 1,
	 OD_SEVERITY_WARNING, "Killing mysqld:77 early due to hardware memory corruption", "", "mysqld", -1, 77},
	/* pages that a test poisoned */
	{"Injecting memory failure for pfn 0x1a2b3c at process virtual address 0x20000000\n"
	 "Memory failure: 0x1a2b3c: recovery action for dirty LRU page: Recovered\nMCE 0x19d0: non LRU page recovery: Ignored\n", 0,
	 OD_SEVERITY_INFO, "", "", "", -1, -1},
	/* that something was logged, somewhere else; what the drivers say when all is well */
	{LOGGED "EDAC MC0: Giving out device to module amd64_edac controller F19h_M60h: DEV 0000:00:18.3 (INTERRUPT)\n"
	 "EDAC MC: UMC0 chip selects:\nMCE: In-kernel MCE decoding enabled.\nmce: CPU supports 23 MCE banks\n"
	 "Memory failure: 0 pages\n", 0, OD_SEVERITY_INFO, "", "", "", -1, -1},
};

static void assert_number(struct od_num number, int expected)
{
	assert_int_equal(number.known, expected >= 0);
	if (number.known)
		assert_int_equal(number.value, expected);
}

static void what_hardware_reports_is_an_event_of_its_weight(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct parsed parsed = parse_text(rows[i].log);
		if (parsed.count != rows[i].count)
			fail_msg("%zu events in %s", parsed.count, rows[i].log);
		if (parsed.count) {
			const struct od_event *event = parsed.events[0];
			assert_int_equal(event->kind, OD_KIND_MACHINE_CHECK);
			assert_int_equal(event->severity, rows[i].severity);
			assert_str(event->message, rows[i].message);
			assert_str(event->fault.error_code.raw, rows[i].code);
			assert_str(event->comm, rows[i].comm);
			assert_number(event->cpu, rows[i].cpu);
			assert_number(event->pid, rows[i].pid);
			assert_int_equal(event->unknown_lines.count, 0);
			assert_int_equal(event->integrity, 0);
		}
		parsed_free(&parsed);
	}
}

static void a_module_of_memory_that_fails_again_is_a_repetition(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("EDAC MC0: 1 CE on DIMM_A1 (page:0x1 offset:0x0)\n"
					  "EDAC MC0: 1 CE on DIMM_B1 (page:0x1 offset:0x0)\n"
					  "EDAC MC0: 3 CE on DIMM_A1 (page:0x2 offset:0x40)\n");
	assert_int_equal(parsed.count, 3);
	assert_int_equal(parsed.events[1]->repeat_of, -1);
	assert_int_equal(parsed.events[2]->repeat_of, 0);
	parsed_free(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_hardware_reports_is_an_event_of_its_weight),
		cmocka_unit_test(a_module_of_memory_that_fails_again_is_a_repetition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
