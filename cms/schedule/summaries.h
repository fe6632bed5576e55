// What many pages of a schedule look at, as summaries: a change of one session makes anew what is
// told of that session, and the programs that are put together of all; the pages that show a
// program depend on its value alone.
//
// Costs: `talks` and `text` are of one session each; a program copies all talks, and sorts them.
// Threads: as View. Their makers read the site through the view, so what they depend on is noted.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cms/schedule/event.h"
#include "cms/schedule/program.h"
#include "cms/schedule/session_value.h"
#include "cms/site/site.h"
#include "cms/site/summary.h"
#include "cms/site/view.h"

namespace stet::schedule {

// Kinds of summaries whose subject is a session's file: its talks, its body as plain text, and its
// slots as templates see them.
inline constexpr std::string_view kTalks = "talks", kText = "text";
inline constexpr std::string_view kShown = "slots", kShownWithExcerpt = "slots with excerpt";
inline constexpr std::string_view kSummariesOfSessions[] = {
    kTalks, kText, kShown, kShownWithExcerpt};

// `told` has names as exports have them: on one line, for most formats have no other.
struct EventSummary final : site::Summary {
  Event event, told;
};
using EventPtr = std::shared_ptr<const EventSummary>;

// The slots that take place of a session, without its text. `rooms`: of each, as its file says it.
struct TalksSummary final : site::Summary {
  std::vector<Talk> talks;
  std::vector<std::string> rooms;
};

struct TextSummary final : site::Summary {
  std::string text;
};

struct ShownSummary final : site::Summary {
  std::vector<SlotValue> slots;
};

using ProgramPtr = std::shared_ptr<const Program>;
struct ProgramSummary final : site::Summary {
  ProgramPtr program;
};

// As cms/render asks; `view` is of no document. Null: there is no such kind.
site::SummaryPtr make_summary(std::string_view kind, std::string_view subject, site::View& view);

EventPtr event_of(site::View& view);
std::shared_ptr<const TalksSummary> talks_of(const std::string& path, site::View& view);
// These two are made of HTML: they are there for what sees_all().
std::shared_ptr<const TextSummary> text_of_session(const std::string& path, site::View& view);
std::shared_ptr<const ShownSummary> shown_of(const std::string& path,
                                             bool has_excerpt,
                                             site::View& view);
// Of all sessions; with their texts, and with what was withdrawn, as cancelled.
ProgramPtr whole_program(bool has_texts, bool has_withdrawn, site::View& view);

// What stet makes comes last in Jekyll's order of rendering: it sees the HTML of all. A document
// that asks for an export sees of those which come later the source.
bool sees_all(const site::View& view);

// The event as the site's data has it; noted as read whole. Nil where there is none.
liquid::Value event_value(site::View& view);

// Where the public root is, without a slash at its end; "" where the site does not say.
std::string base_url_of(site::View& view);

// Null where there is no such document; that is noted as read.
site::DocumentPtr find_document(const std::string& path, site::View& view);

// Who a session names: the speaker's file, or where there is none the name alone.
Person person_of(const std::string& slug, site::View& view);

// What was public once in that list and is gone, as cancelled; of uids that `program` has, nothing.
void add_withdrawn(const std::string& list, Program& program, site::View& view);

}  // namespace stet::schedule
