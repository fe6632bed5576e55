// What CommonMark's parser would do with a text, in steps, before it does it.
//
// cmark-gfm 0.29.0.gfm.6 takes quadratic time for some texts, and its tables fill up rows with
// cells that nobody typed. Each such shape is counted here, from above; where the sum of one over a
// text would cost more than about a second, or a hundred megabytes, the text is refused.
//
// Threads: a pure function. Time: linear in the text.
#pragma once

#include <optional>
#include <string_view>

#include "cms/markdown/render.h"
#include "storage/base/problem.h"

namespace stet::markdown {

// Why the text is not read; the problem names the line and what to do. nullopt: it is harmless.
std::optional<Problem> too_costly(std::string_view markdown, const CommonmarkOptions& options);

}  // namespace stet::markdown
