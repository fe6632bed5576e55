// What writes of one file and of several have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/change/entry.h"
#include "cms/change/write.h"

namespace stet::change {

// Errors that the edit brings; those that the file had before, where it was then (`from`, if that
// was another path), are warnings.
Findings findings_of(const Ground& ground,
                     const RepoPath& path,
                     const std::optional<std::string>& before,
                     const FileText& after,
                     const RepoPath* from = nullptr);

// A post that becomes one that the site passes over, and the like, is the caller's to mend.
Refusal refused_findings(Findings findings);

// What is kept of a body is what Jekyll would take for it: blank lines at its beginning are not.
void warn_of_body(const WriteRequest& request, Prepared& prepared);

// 64 KiB of text at most, and not blank. "" is fine: then stet finds words.
std::optional<Refusal> fault_of_message(const std::string& message);

}  // namespace stet::change
