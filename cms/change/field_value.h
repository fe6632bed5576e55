// What values of front matter mean to the site, and what JSON makes of them.
#pragma once

#include <optional>
#include <string>

#include "cms/document/data.h"
#include "storage/base/zone.h"

namespace stet::change {

// What the site takes for a date: as cms/site's documents read theirs. None: it is no date.
std::optional<Time> date_of(const document::Data& value, const TimeZone& zone);

// A string, number, boolean or date; not nil.
bool is_text_like(const document::Data& value);
std::string text_of(const document::Data& value);  // "" for lists, maps and nil

// JSON has no dates. Strings of `asked` that stand where `there` has a date or time become one when
// they can, so that an entry that is read and sent back changes no byte; so do new ones under the
// keys that hold dates (date, start, end, modified, last_modified_at, unpublish) where nothing is
// left to guess: a day, or a time with its offset.
document::Data with_dates(document::Data asked, const document::Data& there);

// The same of a session's front matter, where a time without an offset is one by the event's clock:
// YAML cannot tell that from a time in UTC, so "2020-10-12T14:00:00Z" stays a text, which can.
document::Data with_session_times(document::Data asked, const document::Data& there);

}  // namespace stet::change
