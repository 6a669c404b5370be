// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/single_threaded.h>
#include <unistd.h>

#include "core/heap.h"
#include "core/wire.h"
#include "symbolize/insn.h"
#include "symbolize/opcodes.h"
#include "symbolize/protocol.h"

/* How often one event is tried, and how often a child may be started anew, whatever is in the files. */
enum { ATTEMPTS = 8, STARTS = 64, NOTES = OD_AVOIDED_LIMIT };

/* What a report takes in the child. */
enum { HEAP_SIZE = 512 << 10 };

struct asked_type {
	uint32_t fact;
	int32_t type;
};

struct od_worker {
	struct od_worker_tools tools;
	struct od_broker *broker;
	struct od_sandbox_limits limits;
	struct od_sandbox sandbox;
	struct od_event *event;	/* in the child: the last one */
	struct od_buf sent;	/* in the child: a byte per type of sent_of, whether the parent has it */
	const struct od_types *sent_of;
	unsigned starts;	/* children so far */
	uint64_t events;	/* asked so far */
	struct od_say_libraries prepared; /* that children get */
	bool told;		/* the child that runs has been told of them */
	bool unconfined;	/* was noted */
	char *notes[NOTES];
	size_t note_count;
};

/* In the child. */

/* Relocating a disassembler's tables takes longer than an oops: only those are loaded that are needed, which the parent tells. */
static bool prepare_child(void *user, struct od_channel *channel)
{
	struct od_say_libraries wanted;
	struct od_message message;

	(void)user;
	od_heap_prepare(HEAP_SIZE);
	if (!od_channel_receive(channel, sizeof(wanted), &message) || message.type != OD_SAY_PREPARE ||
	    message.bytes.len != sizeof(wanted))
		return false;
	memcpy(&wanted, message.bytes.ptr, sizeof(wanted));
	for (size_t i = 0; od_arches[i]; i++) {
		if (wanted.print >> i & 1)
			od_opcodes_prepare(od_arches[i]);
		if (wanted.decode >> i & 1)
			od_insn_prepare(od_arches[i]);
	}
	return true;
}

/* The event stays until the next one comes: its types may be asked for. */
static bool answer_event(struct od_worker *worker, struct od_channel *channel, const struct od_message *request)
{
	struct od_event *event = od_wire_get_question(request->bytes);
	struct od_buf answer = {0};

	od_event_destroy(worker->event);
	worker->event = event;
	worker->sent_of = NULL;
	if (!event)
		return false;
	worker->tools.symbolize(worker->tools.user, event, !request->status);
	od_wire_put_answer(&answer, event, od_insn_registers);
	const struct od_message message = {.type = OD_SAY_EVENT, .status = answer.failed, .bytes = od_buf_str(&answer), .fd = -1};
	bool sent = od_channel_send(channel, &message);
	od_buf_deinit(&answer);
	return sent;
}

/*
 * The type that is likely to be asked for next: what a pointer points to, the member that the instruction at the pc
 * accesses. -1: there is none.
 */
static int next_type(const struct od_facts *facts, const struct od_type *type, uint64_t *offset)
{
	if (type->kind == OD_TYPE_POINTER || type->kind == OD_TYPE_ARRAY)
		return type->target;
	for (size_t i = 0; (type->kind == OD_TYPE_STRUCT || type->kind == OD_TYPE_UNION) && i < type->members.count; i++) {
		const struct od_member *member = &type->members.items[i];
		if (*offset < member->offset || *offset - member->offset >= member->size)
			continue;
		*offset -= member->offset;
		return (size_t)member->type < facts->types->items.count ? member->type : -1;
	}
	return -1;
}

static void put_type(struct od_buf *answer, int number, const struct od_type *type)
{
	struct od_buf bytes = {0};

	od_wire_put_type(&bytes, type);
	const struct od_say_type head = {number, (uint32_t)bytes.len};
	od_buf_put(answer, (struct od_str){(const char *)&head, sizeof(head)});
	od_buf_put(answer, od_buf_str(&bytes));
	answer->failed |= bytes.failed;
	od_buf_deinit(&bytes);
}

/* True once for a type of an event. */
static bool is_unsent(struct od_worker *worker, const struct od_types *types, int number)
{
	static const char none[64];

	if (worker->sent_of != types)
		od_buf_clear(&worker->sent);
	worker->sent_of = types;
	while (worker->sent.len <= (size_t)number && !worker->sent.failed)
		od_buf_put(&worker->sent, (struct od_str){none, sizeof(none)});
	if (worker->sent.failed || worker->sent.data[number])
		return false;
	worker->sent.data[number] = 1;
	return true;
}

/* The type that is asked for, and those that it leads to: each question takes a turn of both processes. */
static void put_types(struct od_worker *worker, const struct od_facts *facts, int number, struct od_buf *answer)
{
	enum { CHAIN = 8 };
	const int64_t displacement = facts->here.memory_count ? facts->here.memory[0].displacement : 0;
	uint64_t offset = displacement > 0 ? (uint64_t)displacement : 0;
	const struct od_type *type;

	for (unsigned i = 0; i < CHAIN && number >= 0 && (type = od_facts_type(facts, number)); i++) {
		if (is_unsent(worker, facts->types, number) || !i)
			put_type(answer, number, type);
		number = next_type(facts, type, &offset);
	}
}

/* The types of the variables of all frames in the image are asked for soon, each. */
static void put_types_of_variables(struct od_worker *worker, const struct od_facts *facts, struct od_buf *answer)
{
	for (size_t i = 0; i < facts->variables.count; i++) {
		const int number = facts->variables.items[i].type;
		const struct od_type *type = facts->variables.items[i].global ? NULL : od_facts_type(facts, number);
		if (type && is_unsent(worker, facts->types, number))
			put_type(answer, number, type);
	}
}

static void put_types_of_image(struct od_worker *worker, const struct od_types *types, struct od_buf *answer)
{
	for (size_t i = 0; i < worker->event->facts.count; i++)
		if (worker->event->facts.items[i].types == types)
			put_types_of_variables(worker, &worker->event->facts.items[i], answer);
}

static bool answer_type(struct od_worker *worker, struct od_channel *channel, struct od_str bytes)
{
	const struct od_event *event = worker->event;
	struct od_buf types = {0}, answer = {0};
	struct asked_type asked;

	if (!event || bytes.len != sizeof(asked))
		return false;
	memcpy(&asked, bytes.ptr, sizeof(asked));
	if (asked.fact >= event->facts.count)
		return false;
	const struct od_facts *facts = &event->facts.items[asked.fact];
	put_types(worker, facts, asked.type, &types);
	put_types_of_image(worker, facts->types, &types);
	const uint32_t count = (uint32_t)(facts->types ? facts->types->items.count : 0);
	od_buf_put(&answer, (struct od_str){(const char *)&count, sizeof(count)});
	od_buf_put(&answer, od_buf_str(&types));
	const struct od_message message = {OD_SAY_TYPE, types.failed || answer.failed, od_buf_str(&answer), -1};
	bool sent = od_channel_send(channel, &message);
	od_buf_deinit(&answer);
	od_buf_deinit(&types);
	return sent;
}

static bool answer_instructions(struct od_worker *worker, struct od_channel *channel, struct od_str bytes)
{
	const struct od_event *event = worker->event;
	struct od_buf answer = {0};
	uint32_t fact;

	if (!event || bytes.len != sizeof(fact))
		return false;
	memcpy(&fact, bytes.ptr, sizeof(fact));
	if (fact >= event->facts.count || !event->facts.items[fact].instructions)
		return false;
	const struct od_facts *facts = &event->facts.items[fact];
	od_facts_insns(facts);
	od_wire_put_instructions(&answer, facts->instructions);
	const struct od_message message = {OD_SAY_INSTRUCTIONS, answer.failed, od_buf_str(&answer), -1};
	bool sent = od_channel_send(channel, &message);
	od_buf_deinit(&answer);
	return sent;
}

static void serve(void *user, struct od_channel *channel, struct od_sandbox_board *board)
{
	struct od_worker *worker = user;
	struct od_remote remote;
	struct od_message request;

	od_remote_init(&remote, channel, board);
	worker->tools.enter(worker->tools.user, &remote);
	while (od_channel_receive(channel, OD_SAY_LIMIT, &request)) {
		if (request.type == OD_SAY_EVENT && answer_event(worker, channel, &request)) {
			od_sandbox_note(board, "");
			continue;
		}
		if (request.type == OD_SAY_TYPE && answer_type(worker, channel, request.bytes))
			continue;
		if (request.type == OD_SAY_INSTRUCTIONS && answer_instructions(worker, channel, request.bytes))
			continue;
		if (request.type == OD_SAY_QUIT) {
			const struct od_message done = {.type = OD_SAY_QUIT, .fd = -1};
			worker->tools.leave(worker->tools.user);
			od_channel_send(channel, &done);
		}
		return;
	}
}

/* In the parent. */

static void add_note(struct od_worker *worker, const char *subject, const char *text, const char *rest)
{
	char note[PATH_MAX + 256];

	if (worker->note_count == NOTES)
		return;
	snprintf(note, sizeof(note), "%s%s%s", subject, text, rest);
	worker->notes[worker->note_count] = strdup(note);
	worker->note_count += worker->notes[worker->note_count] != NULL;
}

static od_status start(struct od_trail *trail, struct od_worker *worker)
{
	if (worker->starts++ >= STARTS)
		return od_fail(trail, OD_ERR_IO, "the reader of images ended too often");
	const struct od_sandbox_work work = {prepare_child, serve, worker};
	worker->told = false;
	return od_sandbox_start(trail, &worker->limits, &work, &worker->sandbox);
}

od_status od_worker_create(struct od_trail *trail, const struct od_worker_tools *tools, struct od_broker *broker,
			   const struct od_sandbox_limits *limits, struct od_worker **ret)
{
	struct od_worker *worker = calloc(1, sizeof(*worker));

	if (!worker)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	worker->tools = *tools;
	worker->broker = broker;
	worker->limits = *limits;
	od_status status = start(trail, worker);
	if (status == OD_OK)
		*ret = worker;
	else
		free(worker);
	return status;
}

/* The child's answer of this type; what it asks for in between is done. False: it is dead. */
static bool await(struct od_worker *worker, enum od_say type, struct od_message *ret)
{
	while (od_sandbox_receive(&worker->sandbox, OD_SAY_LIMIT, ret)) {
		if (ret->fd >= 0) /* it has none to give */
			close(ret->fd);
		if (ret->type == (uint32_t)type)
			return true;
		if (!od_broker_serve(worker->broker, &worker->sandbox, ret))
			return false;
	}
	return false;
}

/* Lets the child save what it learned, and ends it. */
static void dismiss(struct od_worker *worker)
{
	const struct od_message quit = {.type = OD_SAY_QUIT, .fd = -1};
	struct od_message answer;

	if (worker->sandbox.pid && worker->told && od_sandbox_send(&worker->sandbox, &quit))
		await(worker, OD_SAY_QUIT, &answer);
	od_sandbox_end(&worker->sandbox, NULL, 0);
}

/* What reading and showing the event's instructions needs. */
static struct od_say_libraries libraries_of(const struct od_event *event, bool disassemble)
{
	uint64_t bit = 1;

	if (!event->arch)
		return (struct od_say_libraries){0};
	for (size_t i = 0; od_arches[i] && od_arches[i] != event->arch; i++)
		bit <<= 1;
	const bool shown = disassemble && (event->has_ip || event->code.bytes.len);
	return (struct od_say_libraries){.print = shown ? bit : 0, .decode = od_insn_needs_library(event->arch) ? bit : 0};
}

/*
 * A child that is confined can load no library any more: one is exchanged that lacks what was not needed before. Where
 * other threads run, a new child should not be needed (io/sandbox.h): the first loads everything.
 */
static void prepare(struct od_worker *worker, const struct od_event *event, bool disassemble)
{
	struct od_say_libraries *prepared = &worker->prepared, wanted = libraries_of(event, disassemble);

	if (!__libc_single_threaded)
		wanted = (struct od_say_libraries){.print = UINT64_MAX, .decode = UINT64_MAX};
	if (!(wanted.print & ~prepared->print) && !(wanted.decode & ~prepared->decode))
		return;
	prepared->print |= wanted.print;
	prepared->decode |= wanted.decode;
	if (worker->told)
		dismiss(worker);
}

static bool tell(struct od_worker *worker)
{
	const struct od_message message = {
		.type = OD_SAY_PREPARE, .bytes = {(const char *)&worker->prepared, sizeof(worker->prepared)}, .fd = -1};

	worker->told = worker->told || od_sandbox_send(&worker->sandbox, &message);
	return worker->told;
}

void od_worker_destroy(struct od_worker *worker)
{
	if (!worker)
		return;
	dismiss(worker);
	for (size_t i = 0; i < worker->note_count; i++)
		free(worker->notes[i]);
	free(worker);
}

/* Which facts of which event these are; they can be asked for as long as the child has no other event. */
struct far {
	struct od_worker *worker;
	struct od_arena *arena;
	unsigned child;		/* its number */
	uint64_t event;
	uint32_t fact;
};

/* Types and instructions of an event in the parent, which are read in the child that answered. */
struct far_types {
	struct od_types base;	/* first */
	struct far far;
};

struct far_instructions {
	struct od_instructions base;	/* first */
	struct far far;
};

static void bury(struct od_worker *worker, char *why, size_t size);

static struct far far_of(struct od_worker *worker, struct od_arena *arena, size_t fact)
{
	return (struct far){worker, arena, worker->starts, worker->events, (uint32_t)fact};
}

/* Asks the child about its last event, if that is the one. False: it is not, or the child died over it. */
static bool ask_far(const struct far *far, enum od_say type, const void *asked, size_t size, size_t least, struct od_message *ret)
{
	struct od_worker *worker = far->worker;
	const struct od_message message = {.type = type, .bytes = {asked, size}, .fd = -1};
	char why[256];

	if (!worker->sandbox.pid || far->child != worker->starts || far->event != worker->events)
		return false;
	if (od_sandbox_send(&worker->sandbox, &message) && await(worker, type, ret) && ret->bytes.len >= least)
		return !ret->status;
	bury(worker, why, sizeof(why));
	return false;
}

/* Makes the list of types as long as it is in the child. */
static bool lengthen(struct far_types *types, size_t count)
{
	enum { TYPE_LIMIT = 1 << 20 };

	while (types->base.items.count < count && count <= TYPE_LIMIT)
		if (!od_list_push(types->far.arena, &types->base.items))
			return false;
	return types->base.items.count >= count;
}

/* Those that are known stay what they are. */
static void take_types(struct far_types *types, struct od_str bytes)
{
	struct od_say_type head;

	while (bytes.len >= sizeof(head)) {
		memcpy(&head, bytes.ptr, sizeof(head));
		bytes = od_str_from_index(bytes, sizeof(head));
		if (head.size > bytes.len || head.number < 0 || (size_t)head.number >= types->base.items.count)
			return;
		struct od_type **item = &types->base.items.items[head.number];
		if (!*item)
			*item = od_wire_get_type(types->far.arena, od_str_first(bytes, head.size));
		bytes = od_str_from_index(bytes, head.size);
	}
}

static bool read_type(struct od_types *base, int type)
{
	struct far_types *types = (struct far_types *)base;
	const struct asked_type asked = {types->far.fact, type};
	struct od_message answer;
	uint32_t count = 0;

	if (!ask_far(&types->far, OD_SAY_TYPE, &asked, sizeof(asked), sizeof(count), &answer))
		return false;
	memcpy(&count, answer.bytes.ptr, sizeof(count));
	if (lengthen(types, count))
		take_types(types, od_str_from_index(answer.bytes, sizeof(count)));
	return base->items.items[type];
}

static struct od_types *make_types(void *user, struct od_arena *arena, size_t number, size_t count)
{
	struct far_types *types = od_arena_alloc(arena, sizeof(*types));

	if (!types)
		return NULL;
	*types = (struct far_types){.base.read = read_type, .far = far_of(user, arena, number)};
	return lengthen(types, count) ? &types->base : NULL;
}

static void read_instructions(struct od_instructions *base)
{
	const struct far *far = &((struct far_instructions *)base)->far;
	struct od_message answer;

	if (ask_far(far, OD_SAY_INSTRUCTIONS, &far->fact, sizeof(far->fact), 0, &answer))
		od_wire_get_instructions(far->arena, answer.bytes, base);
}

static struct od_instructions *make_instructions(void *user, struct od_arena *arena, size_t number)
{
	struct far_instructions *instructions = od_arena_alloc(arena, sizeof(*instructions));

	if (instructions)
		*instructions = (struct far_instructions){.base.read = read_instructions, .far = far_of(user, arena, number)};
	return instructions ? &instructions->base : NULL;
}

/* Asks the child that runs. False: it died over it, or answered nonsense. */
static bool ask(struct od_worker *worker, struct od_event *event, bool disassemble, const struct od_buf *question)
{
	const struct od_message message = {OD_SAY_EVENT, !disassemble, od_buf_str(question), -1};
	struct od_message answer;

	const struct od_wire_world world = {od_insn_registers, make_types, make_instructions, worker};
	worker->events++;
	bool answered = tell(worker) && od_sandbox_send(&worker->sandbox, &message) && await(worker, OD_SAY_EVENT, &answer) &&
			!answer.status && od_wire_get_answer(event, answer.bytes, &world);
	if (worker->sandbox.unconfined && !worker->unconfined)
		add_note(worker, "the kernel has no seccomp, or does not let us use it: ", "images are read in a process",
			 " that may do whatever this one may");
	worker->unconfined |= worker->sandbox.unconfined;
	return answered;
}

static void bury(struct od_worker *worker, char *why, size_t size)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%.*s", (int)sizeof(path) - 1, worker->sandbox.board->working);
	od_broker_bury(worker->broker, &worker->sandbox, why, size);
	add_note(worker, path[0] ? path : "an image", ": its reader ", why);
}

bool od_worker_symbolize(struct od_worker *worker, struct od_event *event, bool disassemble, char *why, size_t size)
{
	struct od_buf question = {0};
	bool answered = false;

	snprintf(why, size, "ran out of memory");
	prepare(worker, event, disassemble);
	od_wire_put_question(&question, event);
	for (unsigned i = 0; !question.failed && !answered && i < ATTEMPTS; i++) {
		struct od_trail trail = {0};
		if (!worker->sandbox.pid && start(&trail, worker) != OD_OK) {
			snprintf(why, size, "could not be started: %s", trail.text);
			break;
		}
		answered = ask(worker, event, disassemble, &question);
		if (!answered)
			bury(worker, why, size);
	}
	od_buf_deinit(&question);
	return answered;
}

const char *od_worker_note(const struct od_worker *worker, size_t number)
{
	return number < worker->note_count ? worker->notes[number] : NULL;
}

pid_t od_worker_pid(const struct od_worker *worker)
{
	return worker->sandbox.pid;
}

/* A job of its own. */

static bool prepare_job(void *user, struct od_channel *channel)
{
	const struct od_worker_job *job = user;

	(void)channel;
	for (size_t i = 0; job->arches && job->arches[i]; i++) {
		od_opcodes_prepare(job->arches[i]);
		od_insn_prepare(job->arches[i]);
	}
	return true;
}

static void run_job(void *user, struct od_channel *channel, struct od_sandbox_board *board)
{
	const struct od_worker_job *job = user;
	struct od_buf text = {0};
	struct od_remote remote;

	od_remote_init(&remote, channel, board);
	const int status = job->job(job->user, &remote, &text);
	const struct od_message done = {.type = OD_SAY_DONE, .status = status, .bytes = od_buf_str(&text), .fd = -1};
	od_channel_send(channel, &done);
}

static bool take_output(const struct od_worker_job *job, struct od_sandbox *sandbox, struct od_str bytes)
{
	const struct od_message answer = {.type = OD_SAY_OUTPUT, .status = !job->take(job->user, bytes), .fd = -1};

	return od_sandbox_send(sandbox, &answer);
}

bool od_worker_run(const struct od_worker_job *job, struct od_broker *broker, const struct od_sandbox_limits *limits, int *ret,
		   struct od_buf *text, char *why, size_t size)
{
	const struct od_sandbox_work work = {prepare_job, run_job, (void *)(uintptr_t)job};
	struct od_sandbox sandbox;
	struct od_trail trail = {0};
	struct od_message message;
	bool alive = true, done = false;

	if (od_sandbox_start(&trail, limits, &work, &sandbox) != OD_OK) {
		snprintf(why, size, "could not be started: %s", trail.text);
		return false;
	}
	while (alive && !done && od_sandbox_receive(&sandbox, OD_SAY_LIMIT, &message)) {
		if (message.fd >= 0)
			close(message.fd);
		done = message.type == OD_SAY_DONE;
		if (message.type == OD_SAY_OUTPUT)
			alive = take_output(job, &sandbox, message.bytes);
		else if (!done)
			alive = od_broker_serve(broker, &sandbox, &message);
	}
	if (done) {
		*ret = message.status;
		od_buf_put(text, message.bytes);
		od_sandbox_end(&sandbox, NULL, 0);
	} else {
		od_broker_bury(broker, &sandbox, why, size);
	}
	return done;
}
