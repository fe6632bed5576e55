#include "api/auth/roles.h"

#include <gtest/gtest.h>

#include <map>

#include "cms/change/resource.h"
#include "tests/api/auth/rights_matrix.h"

namespace stet::auth {
namespace {

constexpr Area kAreas[] = {
    Area::kDrafts, Area::kContent, Area::kMedia, Area::kSchedule, Area::kTheme, Area::kServer};

TEST(Roles, TheTableHasEachRoleWithEachAreaOnce) {
  std::map<std::pair<Role, Area>, int> seen;
  for (const RoleRow& row : role_table()) ++seen[{row.role, row.area}];
  EXPECT_EQ(seen.size(), 30u);
  for (const auto& [key, count] : seen) EXPECT_EQ(count, 1);
}

// n, o and a for what each role writes and proposes: drafts, content, media, schedule, theme,
// server.
TEST(Roles, WriteThisAndNoMore) {
  const std::map<Role, std::string> writes = {{Role::kReader, "nnnnnn"},
                                              {Role::kAuthor, "ononnn"},
                                              {Role::kEditor, "aaaann"},
                                              {Role::kMaintainer, "aaaaan"},
                                              {Role::kAdmin, "aaaaaa"}};
  const std::map<Role, std::string> proposes = {{Role::kReader, "nnnnnn"},
                                                {Role::kAuthor, "aaaann"},
                                                {Role::kEditor, "aaaann"},
                                                {Role::kMaintainer, "aaaaan"},
                                                {Role::kAdmin, "aaaaan"}};
  for (const auto& [role, expected] : writes) {
    std::string got;
    for (Area area : kAreas) got += name_of(reach_of(role, area, Action::kWrite))[0];
    EXPECT_EQ(got, expected) << name_of(role);
    got.clear();
    for (Area area : kAreas) got += name_of(reach_of(role, area, Action::kPropose))[0];
    EXPECT_EQ(got, proposes.at(role)) << name_of(role);
    for (Area area : kAreas) {
      bool is_shown = area != Area::kServer || role == Role::kAdmin;
      EXPECT_EQ(reach_of(role, area, Action::kRead), is_shown ? Reach::kAll : Reach::kNone);
    }
  }
}

TEST(Roles, EachMayWhatTheOneBeforeMay) {
  for (std::size_t i = 1; i < kEachRole.size(); ++i) {
    for (Area area : kAreas) {
      for (Action action : {Action::kRead, Action::kWrite, Action::kPropose}) {
        EXPECT_GE(reach_of(kEachRole[i].first, area, action),
                  reach_of(kEachRole[i - 1].first, area, action));
      }
    }
  }
}

TEST(Roles, ATokenOfSomebodysMayWhatBothAllow) {
  Rights all{.scopes = {Scope::kAdmin}, .role = Role::kEditor, .user = "jo"};
  EXPECT_EQ(all.reach(Area::kContent, Action::kWrite), Reach::kAll);
  EXPECT_EQ(all.reach(Area::kTheme, Action::kWrite), Reach::kNone);
  EXPECT_EQ(all.reach(Area::kServer, Action::kRead), Reach::kNone);
  Rights few{.scopes = {Scope::kThemeWrite}, .role = Role::kAdmin, .user = "jo"};
  EXPECT_EQ(few.reach(Area::kContent, Action::kWrite), Reach::kNone);
  EXPECT_EQ(few.reach(Area::kTheme, Action::kWrite), Reach::kAll);
  EXPECT_EQ(few.reach(Area::kContent, Action::kRead), Reach::kAll);
  Rights servers{.scopes = {Scope::kPostsWrite}};
  EXPECT_EQ(servers.reach(Area::kDrafts, Action::kWrite), Reach::kAll);
  Rights author{.scopes = {Scope::kPostsWrite}, .role = Role::kAuthor, .user = "jo"};
  EXPECT_EQ(author.reach(Area::kDrafts, Action::kWrite), Reach::kOwn);
  EXPECT_TRUE(author.is_confined() && author.may_write());
  EXPECT_FALSE(all.is_confined());
  Rights none{.scopes = {Scope::kContentRead}, .role = Role::kAdmin, .user = "jo"};
  EXPECT_FALSE(none.may_write());
}

TEST(Roles, AreasAreWhatResourcesAndScopesSay) {
  for (const change::Resource& resource : change::resources()) {
    Area area = area_of(resource);
    EXPECT_EQ(name_of(scope_of(area, Action::kWrite)), resource.write_scope) << resource.name;
    EXPECT_EQ(area == Area::kDrafts, resource.name == "drafts");
  }
}

TEST(Roles, MediaAreContentWhereverTheyLieButForTemplates) {
  const change::Resource& file = change::resource_of(change::EntryKind::kFile);
  for (const char* path : {"assets/media/2026/x.jpg", "logo.SVG", "fonts/a.woff2", "a/b.pdf"}) {
    EXPECT_EQ(area_of(file, path), Area::kMedia) << path;
  }
  for (const char* path : {"_includes/x.svg",
                           "assets/x.css",
                           "assets/x.js",
                           "x.html",
                           ".git/a.png",
                           "assets/_x/a.png",
                           "jpg",
                           "x.",
                           ".jpg"}) {
    EXPECT_EQ(area_of(file, path), Area::kTheme) << path;
  }
  Rights theme{.scopes = {Scope::kThemeWrite}}, posts{.scopes = {Scope::kPostsWrite}};
  Rights schedule{.scopes = {Scope::kScheduleWrite}};
  EXPECT_EQ(theme.reach(Area::kMedia, Action::kWrite), Reach::kAll);
  EXPECT_EQ(posts.reach(Area::kMedia, Action::kWrite), Reach::kAll);
  EXPECT_EQ(schedule.reach(Area::kMedia, Action::kWrite), Reach::kNone);
}

TEST(Roles, AreReadByTheirNames) {
  for (const auto& [role, letter] : kEachRole) EXPECT_EQ(*parse_role(name_of(role)), role);
  for (const char* text : {"", "Admin", "admin ", "root"}) {
    auto role = parse_role(text);
    ASSERT_FALSE(role) << text;
    EXPECT_NE(role.error().message.find("maintainer"), std::string::npos);
  }
}

}  // namespace
}  // namespace stet::auth
