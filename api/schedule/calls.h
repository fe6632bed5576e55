// What can be done with a schedule beside reading and writing its entries: /api/v1/schedule/...
//
// Writes go the write path (api/routes/write_path.h): prepared by cms/change, committed once, live
// when they are answered. Threads: any.
#pragma once

#include "api/routes/call.h"
#include "cms/change/session_moves.h"

namespace stet::api {

Answer move_sessions(const Call& call);   // several, in one commit
Answer shift_sessions(const Call& call);  // a set, by so much
Answer copy_session(const Call& call);
Answer list_clashes(const Call& call);
Answer list_free_places(const Call& call);

Answer list_rooms(const Call& call);
Answer list_tracks(const Call& call);
Answer list_types(const Call& call);
Answer read_room(const Call& call);
Answer read_track(const Call& call);
Answer read_type(const Call& call);
Answer create_room(const Call& call);
Answer create_track(const Call& call);
Answer create_type(const Call& call);
Answer patch_room(const Call& call);
Answer patch_track(const Call& call);
Answer patch_type(const Call& call);
Answer delete_room(const Call& call);
Answer delete_track(const Call& call);
Answer delete_type(const Call& call);
Answer delete_speaker(const Call& call);

// Who asks, as the commit has it.
change::CommitWords words_of(const Call& call, std::string message);

}  // namespace stet::api
