// Who may write which file, said once more and by hand: for tests of the API and of the gate.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "api/auth/roles.h"

namespace stet::auth {

// A site with a file of each kind; the user whose drafts they are is "jo".
struct MatrixFile {
  std::string_view path, before, after;
  std::string_view who;  // may write it: the beginnings of roles' names
};

inline constexpr std::array kMatrixFiles = std::to_array<MatrixFile>({
    {"_drafts/own.md",
     "---\ntitle: Own\nauthor: jo\n---\nA\n",
     "---\ntitle: Own\nauthor: jo\n---\nB\n",
     "a e m A"},
    {"_drafts/given-away.md",
     "---\ntitle: Own\nauthor: jo\n---\nA\n",
     "---\ntitle: Own\nauthor: al\n---\nA\n",
     "e m A"},
    {"_drafts/taken.md",
     "---\ntitle: Als\nauthor: al\n---\nA\n",
     "---\ntitle: Als\nauthor: jo\n---\nA\n",
     "e m A"},
    {"_drafts/nobodys.md",
     "---\ntitle: Nobody's\n---\nA\n",
     "---\ntitle: Nobody's\n---\nB\n",
     "e m A"},
    {"_posts/2020-01-01-x.md",
     "---\ntitle: X\nauthor: jo\n---\nA\n",
     "---\ntitle: X\nauthor: jo\n---\nB\n",
     "e m A"},
    {"about.md",
     "---\ntitle: About\nauthor: jo\n---\nA\n",
     "---\ntitle: About\nauthor: jo\n---\nB\n",
     "e m A"},
    {"_layouts/default.html", "<p>{{ content }}</p>\n", "<b>{{ content }}</b>\n", "m A"},
    {"_includes/x.html", "x\n", "y\n", "m A"},
    {"_data/x.yml", "a: 1\n", "a: 2\n", "m A"},
    {"_config.yml", "title: T\n", "title: U\n", "m A"},
    {"assets/x.css", "a {}\n", "b {}\n", "m A"},
    {"assets/x.png", "PNG 1", "PNG 2", "e m A"},
    {"_includes/x.svg", "<svg/>\n", "<svg></svg>\n", "m A"},
});

inline constexpr std::array kEachRole = std::to_array<std::pair<Role, char>>({
    {Role::kReader, 'r'},
    {Role::kAuthor, 'a'},
    {Role::kEditor, 'e'},
    {Role::kMaintainer, 'm'},
    {Role::kAdmin, 'A'},
});

}  // namespace stet::auth
