// Fingerprints of the schedule's values: equal ones are the same to every page that shows them.
//
// Threads: pure functions.
#pragma once

#include "cms/schedule/event.h"
#include "cms/schedule/program.h"
#include "cms/schedule/session_value.h"
#include "cms/site/schedule_history.h"
#include "storage/base/hash.h"

namespace stet::schedule {

void add_value(const Event& event, Fingerprinter& to);
void add_value(const Talk& talk, Fingerprinter& to);
void add_value(const SlotValue& slot, Fingerprinter& to);
void add_value(const ToldRelease& release, Fingerprinter& to);
// Of it what releases are compared by: its title and its slots.
void add_value(const site::SessionRecord& record, Fingerprinter& to);

}  // namespace stet::schedule
