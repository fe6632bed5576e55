// Sites that have some of everything, and edits of them, each drawn from a number.
//
// The same number draws the same edit, so that a test's tool draws numbers, and takes numbers away
// when it looks for the shortest story that goes wrong. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {

// What every random site begins with, so that most of what is drawn can be rendered.
LiveSite::Files random_start();

// One to three files that are written or deleted, or a file that gets another name. `known` are
// those that there are: only they are deleted and renamed.
LiveSite::Files random_edit(std::uint32_t number, const LiveSite::Files& known);

// A site whose schedule is shown as it was released, and edits of that: sessions whose titles no
// other edit gives ("word7x"), the event, speakers, releases, and seldom all else.
LiveSite::Files random_held_back_start();
LiveSite::Files random_program_edit(std::uint32_t number, const LiveSite::Files& known);

// How many seconds pass before the edit.
std::int64_t random_seconds(std::uint32_t number);

// `known` after the edit.
void carry_out(const LiveSite::Files& edit, LiveSite::Files& known);

// The files of an edit, for people.
std::string described(const LiveSite::Files& edit);

}  // namespace stet::pipeline
