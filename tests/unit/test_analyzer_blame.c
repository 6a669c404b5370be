// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "analyzer/analyzer.h"
#include "analyzer/names.h"

/* "?fn" is an unreliable frame, "fn@mod" one of a module, "-" one without a name, "fn+0" a return address at a function's first byte. */
static void fill_frame(struct od_frame *frame, struct od_str text)
{
	frame->unreliable = od_scan_char(&text, '?');
	if (od_str_equal(text, OD_STR("-")))
		return;
	if (od_str_ends(text, OD_STR("+0"))) {
		text.len -= 2;
		frame->offset.known = frame->size.known = frame->is_return_address = true;
	}
	ptrdiff_t at = od_str_find_char(text, '@');
	frame->function = at < 0 ? text : od_str_first(text, (size_t)at);
	frame->module = at < 0 ? (struct od_str){0} : od_str_from_index(text, (size_t)at + 1);
}

static struct od_event *make_event(enum od_kind kind, const char *ip, const char *trace)
{
	struct od_event *event = od_event_create();
	struct od_str rest = od_str_from(trace), word;

	assert_non_null(event);
	event->kind = kind;
	if (ip) {
		event->has_ip = true;
		fill_frame(&event->ip, od_str_from(ip));
	}
	while (od_scan_blanks(&rest), od_scan_word(&rest, &word))
		fill_frame(od_list_push(event->arena, &event->trace), word);
	return event;
}

static const struct row {
	const char *name;
	enum od_kind kind;
	const char *ip, *trace, *expected; /* expected NULL: nobody */
} rows[] = {
	{"the_instruction_pointer_comes_first", OD_KIND_NULL_DEREF, "hello_cleanup@hello_2",
		"__do_sys_delete_module do_syscall_64", "hello_cleanup"},
	{"a_copy_helper_is_passed_over", OD_KIND_NULL_DEREF, "__memcpy", "pkt_push@pkt vfs_write",
		"pkt_push"},
	{"a_string_helper_of_a_module_is_not", OD_KIND_NULL_DEREF, "memcpy@mine", "pkt_push@pkt", "memcpy"},
	{"suffixes_of_compilers_do_not_matter", OD_KIND_NULL_DEREF, "__list_add_valid.cold",
		"job_add.isra.0", "job_add.isra.0"},
	{"unreliable_frames_come_last", OD_KIND_NULL_DEREF, "memset", "?stale_fn real_fn", "real_fn"},
	{"but_rather_than_nothing", OD_KIND_NULL_DEREF, "memset", "?stale_fn do_syscall_64", "stale_fn"},
	{"a_mapping_symbol_names_nothing", OD_KIND_WARNING, NULL, "$x.11 show_stack $x.3 fn", "fn"},
	{"what_gcc_split_off_names_nothing", OD_KIND_WARNING, NULL, "warn_slowpath_null T.859 fn", "fn"},
	{"where_a_section_begins_names_nothing", OD_KIND_BAD_PAGE_STATE, NULL, "bad_page free_pcp_prepare free_unref_page cmp_ex_sort+0 _stext", "free_unref_page"},
	{"idle_with_a_stopped_tick_is_no_tick", OD_KIND_KCSAN, "tick_nohz_idle_stop_tick", "tick_nohz_idle_stop_tick do_idle", "tick_nohz_idle_stop_tick"},
	{"md_threads_run_what_their_module_gave_them", OD_KIND_SOFT_LOCKUP, "_raw_spin_unlock_irq", "raid5_get_active_stripe@raid456 raid5d@raid456 md_thread kthread", "raid5d"},
	{"assertions_of_a_module_are_its_callers", OD_KIND_BUG_ON, "assfail@xfs", "xfs_trans_ail_delete@xfs kthread", "xfs_trans_ail_delete"},
	{"arms_division_is_its_callers", OD_KIND_DIVIDE_ERROR, NULL, "__div0 Ldiv0_64 fn", "fn"},
	{"an_allocation_that_fails_is_no_ones_but_the_allocators", OD_KIND_PAGE_ALLOC_FAILURE, NULL, "dump_stack warn_alloc __alloc_pages_slowpath do_syscall_64", "__alloc_pages_slowpath"},
	{"padding_never_runs", OD_KIND_SOFT_LOCKUP, NULL, "watchdog_timer_fn ?__pfx_watchdog_timer_fn asm_sysvec_apic_timer_interrupt ?fn", "fn"},
	{"dma_memory_is_the_drivers", OD_KIND_PAGE_ALLOC_FAILURE, NULL,
		"warn_alloc_failed __get_free_pages swiotlb_alloc_coherent x86_swiotlb_alloc_coherent alloc_dma@drv", "alloc_dma"},
	{"a_helper_alone_is_better_than_nobody", OD_KIND_NULL_DEREF, "strlen", "", "strlen"},
	{"reporting_alone_is_nobody", OD_KIND_WARNING, NULL, "dump_stack panic __warn", NULL},
	{"arms_assertion_is_its_callers", OD_KIND_BUG_ON, "__bug", "map_area setup_io do_initcalls", "map_area"},
	{"a_sanitizer_may_be_broken_itself", OD_KIND_NULL_DEREF, "kcsan_setup", "kcsan_init start_kernel start_here_common", "kcsan_setup"},
	{"no_frame_is_nobody", OD_KIND_NULL_DEREF, NULL, "", NULL},
	{"a_jump_to_nowhere_blames_the_caller", OD_KIND_NULL_DEREF, "-", "run_ops@drv do_syscall_64",
		"run_ops"},
	{"a_panic_blames_its_caller", OD_KIND_PANIC, NULL,
		"dump_stack_lvl panic crit_mon_trip@crit_mon kernfs_fop_write_iter", "crit_mon_trip"},
	{"a_name_by_chance_is_passed_over", OD_KIND_PANIC, NULL, "dump_stack vpanic abort+0 add_taint+0 do_serror smmu_write smmu_reset", "smmu_write"},
	{"what_a_panic_calls_is_passed_over", OD_KIND_PANIC, NULL,
		"show_stack save_syserr notify_me atomic_notifier_call_chain panic die die_kernel_fault el1_abort read_lpm@bt vfs_read", "read_lpm"},
	{"what_an_oops_calls_at_its_end_is_passed_over", OD_KIND_INTERNAL_ERROR, NULL,
		"schedule efi_query pstore_dump kmsg_dump oops_end do_trap exc_divide_error dispatch_ent@zfs", "dispatch_ent"},
	{"a_warning_passes_over_the_exception_entry", OD_KIND_WARNING, NULL,
		"dump_stack __warn report_bug handle_bug exc_invalid_op asm_exc_invalid_op "
		"clk_gate_disable@clk_gate",
		"clk_gate_disable"},
	{"kasan_passes_over_its_own_functions", OD_KIND_KASAN_UAF, NULL,
		"dump_stack_lvl print_report kasan_report __asan_load8 hci_conn_del@bluetooth",
		"hci_conn_del"},
	{"a_bad_free_blames_who_freed", OD_KIND_KASAN_INVALID_FREE, NULL,
		"dump_stack kasan_report_invalid_free __kasan_slab_free kfree xt_free_table_info",
		"xt_free_table_info"},
	{"lockdep_passes_over_the_lock_functions", OD_KIND_LOCKDEP_CIRCULAR, NULL,
		"dump_stack print_circular_bug check_noncircular __lock_acquire lock_acquire "
		"_raw_spin_lock_irqsave tun_get_user",
		"tun_get_user"},
	{"a_hung_task_passes_over_the_wait", OD_KIND_HUNG_TASK, NULL,
		"__schedule schedule schedule_timeout __wait_for_common wait_for_completion p9_client_rpc "
		"v9fs_mount",
		"p9_client_rpc"},
	{"schedule_counts_where_nobody_waits", OD_KIND_NULL_DEREF, "__schedule", "schedule worker_thread",
		"__schedule"},
	{"a_stall_blames_the_handler_that_generic_code_called", OD_KIND_RCU_STALL, NULL,
		"nmi_cpu_backtrace rcu_dump_cpu_stacks rcu_sched_clock_irq update_process_times "
		"tick_sched_handle tick_sched_timer "
		"__hrtimer_run_queues hrtimer_interrupt asm_sysvec_apic_timer_interrupt write_comp_data "
		"spin_here spin_there my_ioctl "
		"__x64_sys_ioctl do_syscall_64 entry_SYSCALL_64_after_hwframe",
		"my_ioctl"},
	{"a_stalled_kernel_thread_blames_its_function", OD_KIND_SOFT_LOCKUP, "cpu_relax_loop",
		"poll_thread_fn@drv kthread ret_from_fork", "poll_thread_fn"},
	{"waiting_for_other_cpus_is_the_answer", OD_KIND_SOFT_LOCKUP, "__sanitizer_cov_trace_pc",
		"smp_call_function_single vmx_vcpu_load kvm_vcpu_ioctl __x64_sys_ioctl",
		"smp_call_function_single"},
	/* synthetic, after arch/x86/kernel/dumpstack.c (show_trace_log_lvl), 5.0 */
	{"what_the_unwinder_passed_over_is_no_caller", OD_KIND_HUNG_TASK, NULL, "__schedule ?stale@drv schedule schedule_timeout", NULL},
	{"behind_its_last_frame_may_be_one", OD_KIND_HUNG_TASK, NULL, "__schedule schedule ?caller@drv ?kthread", "caller"},
	{"but_not_where_the_stack_ended", OD_KIND_HUNG_TASK, NULL, "__schedule schedule ret_from_fork ?stale@drv", NULL},
	{"nor_in_a_report_that_was_cut", OD_KIND_OOM, NULL, "dump_stack dump_header ?stale oom_kill_process ?other", NULL},
	{"a_kernel_whose_frames_are_all_unreliable", OD_KIND_WARNING, NULL, "?dump_stack ?warn_slowpath_common ?fn@drv ?caller", "fn"},
	{"a_helper_is_better_than_a_stale_frame", OD_KIND_HUNG_TASK, NULL, "__schedule ?stale@drv schedule wait_for_completion", "wait_for_completion"},
	/* synthetic, after lib/nmi_backtrace.c, 5.14; kernel/irq/chip.c, arch/arm64/kernel/entry.S, 5.15; drivers/clocksource/exynos_mct.c, 4.9 */
	{"a_stall_that_was_cut_in_its_sample", OD_KIND_RCU_STALL, NULL, "dump_stack_lvl nmi_cpu_backtrace.cold ?lapic_can_unplug_cpu nmi_trigger_cpumask_backtrace", NULL},
	{"one_whose_frames_are_all_unreliable", OD_KIND_HARD_LOCKUP, NULL, "?dump_stack ?fn ?watchdog_overflow_callback ?other", NULL},
	{"one_that_was_cut_in_the_interrupt", OD_KIND_RCU_STALL, NULL,
		"dump_backtrace show_stack rcu_dump_cpu_stacks rcu_sched_clock_irq tick_sched_timer hrtimer_interrupt "
		"arch_timer_handler_virt handle_percpu_devid_irq", NULL},
	{"the_clock_of_a_stall_is_not_to_blame", OD_KIND_RCU_STALL, NULL,
		"show_stack rcu_sched_clock_irq hrtimer_interrupt clock_isr __handle_irq_event_percpu handle_fasteoi_irq gic_handle_irq "
		"__irq_svc busy_loop my_write vfs_write ksys_write ret_fast_syscall", "my_write"},
	{"nor_where_the_stall_panics", OD_KIND_SOFT_LOCKUP, NULL,
		"dump_stack panic watchdog_timer_fn hrtimer_interrupt clock_isr __handle_irq_event_percpu __irq_svc busy_loop cpu_idle", "busy_loop"},
	{"a_handler_of_interrupts_that_stalls_is", OD_KIND_RCU_STALL, NULL,
		"show_stack rcu_sched_clock_irq hrtimer_interrupt arch_timer_handler_phys el1_irq busy_loop my_isr handle_percpu_devid_irq "
		"generic_handle_domain_irq gic_handle_irq el1_irq arch_cpu_idle do_idle", "my_isr"},
	{"the_timer_in_which_a_cpu_hangs_is", OD_KIND_SOFT_LOCKUP, "busy_loop",
		"my_timer_fn call_timer_fn __run_timers handle_softirqs irq_exit_rcu sysvec_apic_timer_interrupt "
		"asm_sysvec_apic_timer_interrupt do_idle", "my_timer_fn"},
	{"behind_a_gate_that_is_not_known_names_decide", OD_KIND_RCU_STALL, NULL,
		"sched_show_task update_process_times hrtimer_interrupt entry_of_a_vendor smp_call_function_single a b c d e f g", "smp_call_function_single"},
	{"flow_handlers_are_to_blame_for_their_own_faults", OD_KIND_NULL_DEREF, "handle_level_irq", "generic_handle_irq do_IRQ ret_from_intr cpu_idle", "handle_level_irq"},
	/* synthetic, after mm/page_alloc.c, 4.15; mm/oom_kill.c, 2.6.32; kernel/locking/spinlock_debug.c, 6.18 */
	{"bad_pages_are_reported_by_the_allocator", OD_KIND_BAD_PAGE_STATE, NULL,
		"dump_stack bad_page free_pages_check_bad free_pcppages_bulk free_unref_page_list release_pages", "release_pages"},
	{"who_frees_is_better_than_who_checks", OD_KIND_BAD_PAGE_STATE, NULL, "dump_stack bad_page free_pages_check_bad free_pcppages_bulk", "free_pcppages_bulk"},
	{"out_of_memory_blames_who_allocates", OD_KIND_OOM, NULL,
		"oom_kill_process ?select_bad_process __out_of_memory out_of_memory __alloc_pages_slowpath alloc_for_me@drv", "alloc_for_me"},
	{"a_lock_blames_who_takes_it", OD_KIND_SPINLOCK, NULL, "dump_stack spin_dump do_raw_spin_trylock _raw_spin_trylock taker", "taker"},
	{"and_rather_an_allocator_than_the_lock", OD_KIND_SPINLOCK, NULL,
		"dump_stack spin_dump do_raw_spin_trylock _raw_spin_trylock __free_frozen_pages __free_pages", "__free_frozen_pages"},
	{"a_lock_alone_is_better_than_nobody", OD_KIND_SPINLOCK, NULL, "dump_stack spin_bug do_raw_spin_unlock", "do_raw_spin_unlock"},
	{"a_module_may_dump_pages_of_its_own", OD_KIND_WARNING, NULL, "dump_page@drv caller@drv", "dump_page"},
	/* synthetic, after kernel/panic.c, __stack_chk_fail() */
	{"a_helper_whose_own_stack_frame_was_overwritten", OD_KIND_STACK_CORRUPTION, "devres_release_all", "panic really_probe do_init_module", "devres_release_all"},
	{"pages_of_an_allocation_of_several", OD_KIND_PAGE_ALLOC_FAILURE, NULL, "dump_stack warn_alloc __alloc_pages_nodemask alloc_page_interleave my_pool", "my_pool"},
	/* synthetic, after kernel/locking/qspinlock.c, 6.6: not what called the taker */
	{"who_spins_for_a_lock_takes_it", OD_KIND_SOFT_LOCKUP, "native_queued_spin_lock_slowpath",
		"_raw_spin_lock my_checkpoint@jbd2 my_start@jbd2 wb_workfn process_one_work", "my_checkpoint"},
	/* synthetic, after arch/x86_64/include/asm/spinlock.h, 2.6.18: the loop has a section of its own */
	{"so_did_old_kernels", OD_KIND_SOFT_LOCKUP, ".text.lock.spinlock", "my_shrinker@nfs shrink_slab kswapd kthread", "my_shrinker"},
	/* arch/x86/kernel/apic/ipi.c, 3.10 */
	{"a_tick_that_sends_an_nmi_is_no_loop", OD_KIND_RCU_STALL, "delay_tsc", "__delay physflat_send_IPI_all arch_trigger_all_cpu_backtrace "
		"rcu_check_callbacks update_process_times apic_timer_interrupt my_loop@drv vfs_read do_syscall_64", "my_loop"},
	{"who_opens_a_device_hands_on", OD_KIND_SOFT_LOCKUP, NULL, "my_reserve@drv my_open@drv chrdev_open do_dentry_open vfs_open do_syscall_64", "my_open"},
	{"but_a_loop_may_hold_one_for_a_moment", OD_KIND_SOFT_LOCKUP, "_raw_spin_unlock_irqrestore",
		"my_step@drv my_loop@drv wb_workfn process_one_work", "wb_workfn"},
	{"without_known_entry_code_the_innermost_counts", OD_KIND_SOFT_LOCKUP, "busy_loop",
		"caller_a caller_b", "busy_loop"},
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct od_event *event = make_event(row->kind, row->ip, row->trace);

	od_blame(event);
	if (!row->expected) {
		assert_null(event->responsible);
	} else {
		assert_non_null(event->responsible);
		assert_str(event->responsible->function, row->expected);
	}
	od_event_destroy(event);
}

static void a_stall_looks_at_other_stacks_when_its_own_tells_nothing(void **state)
{
	struct od_event *event = make_event(
		OD_KIND_RCU_STALL, NULL, "__schedule schedule rcu_gp_kthread kthread ret_from_fork");
	struct od_trace *other = od_list_push(event->arena, &event->traces);

	(void)state;
	fill_frame(od_list_push(event->arena, &other->frames), OD_STR("garp_join_timer"));
	fill_frame(od_list_push(event->arena, &other->frames), OD_STR("call_timer_fn"));
	od_blame(event);
	assert_non_null(event->responsible);
	assert_str(event->responsible->function, "garp_join_timer");
	od_event_destroy(event);
}

/* arch/s390/kernel/dumpstack.c, 5.0; the last row follows arch/x86/kernel/dumpstack.c */
static void the_frame_that_s390_doubts_is_the_innermost_functions(void **state)
{
	static const struct {
		const struct od_arch *arch;
		const char *ip, *trace, *expected;
	} places[] = {
		{&od_arch_s390x, NULL, "?checked shown dev_attr_show", "checked"},
		{&od_arch_s390x, NULL, "?show_stack dump_stack fn caller", "fn"},
		{&od_arch_s390x, NULL, "panic ?stale fn", "fn"},
		{&od_arch_s390x, NULL, "- ?jumped fn", "jumped"}, /* to 0, which stands in the trace */
		{&od_arch_s390x, "memset", "memset ?stale fn", "fn"},
		{&od_arch_s390x, "_spin_lock", "?taker fn", "taker"},
		{&od_arch_x86_64, "memset", "fn ?stale caller", "fn"},
		{&od_arch_x86_64, NULL, "?stale fn caller", "fn"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct od_event *event = make_event(OD_KIND_PANIC, places[i].ip, places[i].trace);
		event->arch = places[i].arch;
		od_blame(event);
		assert_non_null(event->responsible);
		assert_str(event->responsible->function, places[i].expected);
		od_event_destroy(event);
	}
}

static void fill_lock(struct od_event *event, const char *function)
{
	struct od_lock *lock = od_list_push(event->arena, &event->locks);
	fill_frame(&lock->frame, od_str_from(function));
}

static const struct lead_row {
	enum od_kind kind;
	const char *trace, *locks[3], *role, *role_frames, *expected;
} leads[] = {
	{OD_KIND_LOCKDEP_CIRCULAR, "dump_stack isig tty_ioctl", {"tty_buffer_flush", "isig"}, NULL, NULL, "tty_buffer_flush"},
	{OD_KIND_LOCKDEP_CIRCULAR, "", {"flush_work", NULL}, NULL, NULL, "flush_work"},
	{OD_KIND_LOCKDEP_CIRCULAR, "dump_stack", {"down_trylock", "tick_handler"}, NULL, NULL, "tick_handler"},
	{OD_KIND_LOCKDEP_CIRCULAR, "dump_stack console_unlock con_write", {"down_trylock", "other"}, NULL, NULL, "con_write"},
	{OD_KIND_LOCKDEP_HELD_FREED, "kfree sk_destructor", {"taker"}, NULL, NULL, "taker"},
	{OD_KIND_LOCKDEP_HELD_ON_EXIT, "get_signal", {"taker", "second"}, NULL, NULL, "taker"},
	{OD_KIND_LOCKDEP_IRQ_UNSAFE, "lock_acquire user", {"user"}, "irq-safe", "lock_acquire handler do_IRQ", "handler"},
	{OD_KIND_LOCKDEP_IRQ_UNSAFE, "lock_acquire user", {"user"}, "chain", "handler", "user"},
	{OD_KIND_WORKQUEUE_LEAKED_ATOMIC, "dump_stack process_one_work", {"taker"}, "last-work", "work_fn", "work_fn"},
	{OD_KIND_STACK_CORRUPTION, "panic __schedule rmap_walk wb_workfn process_one_work", {NULL}, NULL, NULL, "wb_workfn"},
	{OD_KIND_WORKQUEUE_LOCKUP, "", {NULL}, "in-flight", "work_fn other_fn", "work_fn"},
	{OD_KIND_WORKQUEUE_LOCKUP, "schedule fn", {NULL}, "in-flight", "work_fn", "fn"},
	{OD_KIND_SLEEPING_IN_ATOMIC, "", {NULL}, "preemption-disabled", "taker", "taker"},
	{OD_KIND_SLEEPING_IN_ATOMIC, "fn", {NULL}, "preemption-disabled", "taker", "fn"},
	{OD_KIND_WARNING, "fn", {"taker"}, NULL, NULL, "fn"},
	{OD_KIND_WARNING, "fn do_one_initcall", {NULL}, "last-work", "init_fn", "init_fn"},
};

static void what_the_report_names_is_better_than_its_trace(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
		const struct lead_row *row = &leads[i];
		struct od_event *event = make_event(row->kind, NULL, row->trace);
		for (size_t k = 0; k < 3 && row->locks[k]; k++)
			fill_lock(event, row->locks[k]);
		if (row->role) {
			struct od_trace *trace = od_list_push(event->arena, &event->traces);
			struct od_str rest = od_str_from(row->role_frames), word;
			trace->role = od_str_from(row->role);
			for (; od_scan_word(&rest, &word); od_scan_blanks(&rest))
				fill_frame(od_list_push(event->arena, &trace->frames), word);
		}
		od_blame(event);
		print_message("%zu\n", i);
		assert_non_null(event->responsible);
		assert_str(event->responsible->function, row->expected);
		od_event_destroy(event);
	}
}

static void names_lose_what_compilers_append(void **state)
{
	static const struct {
		const char *name, *base;
	} names[] = {
		{"foo", "foo"},
		{"foo.isra.0", "foo"},
		{"foo.part.12.cold", "foo"},
		{"foo.constprop.0.isra.1", "foo"},
		{"foo.llvm.123456", "foo"},
		{".foo", "foo"},
		{"foo.bar", "foo.bar"},
		{".", "."},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_str(od_base_name(od_str_from(names[i].name)), names[i].base);
}

static void patterns_match_whole_names(void **state)
{
	static const struct {
		const char *name, *pattern;
		bool matches;
	} cases[] = {
		{"kfree", "kfree", true},
		{"kfree_rcu", "kfree", false},
		{"kfre", "kfree", false},
		{"kfree_rcu", "kfree*", true},
		{"kfree", "kfree*", true},
		{"__x64_sys_ioctl", "*_sys_ioctl", true},
		{"_sys_ioctl", "*_sys_ioctl", true},
		{"x_sys_ioctl2", "*_sys_ioctl", false},
		{"print_circular_bug", "print_*_bug", true},
		{"abcabd", "a*abd", true},
		{"", "*", true},
		{"", "", true},
		{"a", "", false},
		{"aXbXc", "a*b*c", true},
		{"ac", "a*b*c", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_message("%s ~ %s\n", cases[i].name, cases[i].pattern);
		assert_int_equal(
			od_str_matches(od_str_from(cases[i].name), cases[i].pattern), cases[i].matches);
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void no_pattern_stands_twice(void **state)
{
	static const char *all[] = {
#define OD_MACHINERY(group, ...) __VA_ARGS__,
#include "analyzer/blame.def"
#undef OD_MACHINERY
	};
	(void)state;
	qsort(all, ARRAY_SIZE(all), sizeof(all[0]), compare_names);
	for (size_t i = 1; i < ARRAY_SIZE(all); i++)
		assert_string_not_equal(all[i - 1], all[i]);
}

int main(void)
{
	struct CMUnitTest cases[ARRAY_SIZE(rows)];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stall_looks_at_other_stacks_when_its_own_tells_nothing),
		cmocka_unit_test(the_frame_that_s390_doubts_is_the_innermost_functions),
		cmocka_unit_test(what_the_report_names_is_better_than_its_trace),
		cmocka_unit_test(names_lose_what_compilers_append),
		cmocka_unit_test(patterns_match_whole_names),
		cmocka_unit_test(no_pattern_stands_twice),
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		cases[i] = (struct CMUnitTest){
			.name = rows[i].name, .test_func = check_row, .initial_state = (void *)&rows[i]};
	return cmocka_run_group_tests(cases, NULL, NULL) + cmocka_run_group_tests(tests, NULL, NULL);
}
