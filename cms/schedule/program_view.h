// The program that an export shows, put together of summaries: every look is a recorded read.
//
// All exports of the whole schedule share one program. A part of the schedule (a room, a speaker
// ...) looks at the list of its own sessions alone, so a move is no change of any other part.
// Threads: as View.
#pragma once

#include <string>
#include <string_view>

#include "cms/schedule/summaries.h"
#include "cms/site/document.h"
#include "cms/site/view.h"

namespace stet::schedule {

// kEvent: no session of it.
enum class Part { kAll, kEvent, kSession, kRoom, kTrack, kSpeaker };

struct Selection {
  Part part = Part::kAll;
  std::string name;            // of a room or a track; the path of a session or a speaker
  bool has_texts = true;       // descriptions, which are made of what the session's body renders to
  bool has_withdrawn = false;  // slots that are gone too, as cancelled
};

ProgramPtr program_of(const Selection& selection, site::View& view);

// What an export's page shows: `document` is one that stet makes (cms/generate), whose fields say
// what of.
std::string export_text(const site::Document& document, site::View& view);

// Of a session's page, or of the schedule's: for a script element.
std::string page_json_ld(const Selection& selection, site::View& view);

// The list of the sessions of a room, a track or a speaker (by slug).
std::string list_of_room(std::string_view name);
std::string list_of_track(std::string_view name);
std::string list_of_speaker(std::string_view slug);

}  // namespace stet::schedule
