// Dates of fields: as texts, out of requests, and those that a new entry gets. Threads: pure.
#pragma once

#include <string_view>

#include "cms/document/data.h"
#include "cms/schema/field.h"
#include "storage/base/time.h"

namespace stet::schema {

// Of texts that kDatePattern fits. Where one of both is a day, days are compared, as each is
// written.
bool is_earlier(std::string_view a, std::string_view b);

// `today` and `now`.
bool is_initial_moment(const document::Data& value);

// Gives a new entry what it does not say itself: an absent key gets the field's default, in objects
// that are there too; one that is nil stays so. `now` at the site's offset.
void fill_initial(const Schema& schema, document::Data& map, const Time& now);

// JSON has no dates: texts of date fields become dates where the entry has none yet, so that YAML
// has them without quotes. What is no date stays.
void read_dates(const std::vector<Field>& fields,
                document::Data& asked,
                const document::Data* there);

}  // namespace stet::schema
