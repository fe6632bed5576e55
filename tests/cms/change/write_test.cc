#include "cms/change/write.h"

#include <gtest/gtest.h>

#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

using document::Data;
using Map = Data::Map;

const std::string kPost =
    "---\n# kept\ntitle:  Old title   # why\ndate: 2020-10-11 13:20:00 -0500\ntags: [a, b]\n"
    "---\n\nBody.\n";
constexpr char kPath[] = "_posts/2020-10-11-x.md";

Files files() {
  return {{"_config.yml",
           "timezone: America/Halifax\ninclude: [_pages]\n"
           "collections: {recipes: {output: true}}\n"},
          {"_data/event.yml", "# the event\ntitle: Days\nstart: 2020-10-12\ntime_zone: UTC\n"},
          {kPath, kPost}};
}

Prepared prepared(const Result<Outcome>& outcome) {
  EXPECT_TRUE(outcome) << outcome.error().message;
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
    ADD_FAILURE() << refusal->message;
    return {.change_set = {},
            .path = RepoPath::parse("refused").value(),
            .before = {},
            .after = {},
            .parsed_after = nullptr,
            .diff = "",
            .is_unchanged = false,
            .is_merged = false,
            .warnings = {}};
  }
  return std::get<Prepared>(*outcome);
}

Refusal refusal(const Result<Outcome>& outcome) {
  EXPECT_TRUE(outcome) << outcome.error().message;
  const auto* refusal = std::get_if<Refusal>(&*outcome);
  EXPECT_NE(refusal, nullptr) << "was prepared";
  return refusal ? *refusal : Refusal();
}

WriteRequest create(EntryKind kind, Map front_matter, std::string body = "Hi.\n") {
  WriteRequest r = request(kind);
  r.front_matter = Data(std::move(front_matter));
  r.body = std::move(body);
  return r;
}

WriteRequest patch(Map fields) {
  WriteRequest r = request(EntryKind::kPost, "2020-10-11-x");
  r.front_matter_patch = Data(std::move(fields));
  return r;
}

TEST(Create, ChoosesAPathOfTitleAndDate) {
  SmallSite site(files());
  struct Case {
    EntryKind kind;
    std::string label;
    Map front_matter;
    std::string path;
  };
  const Case cases[] = {
      {EntryKind::kPost,
       "",
       {{"title", "Hello, World!"}},
       "_posts/2024/06/2024-06-01-hello-world.md"},
      {EntryKind::kPost,
       "",
       {{"title", "A"}, {"date", "2020-11-01 10:00:00 +0000"}},
       "_posts/2020/11/2020-11-01-a.md"},
      // The day is the site's: in Halifax it is still the last of October.
      {EntryKind::kPost,
       "",
       {{"title", "A"}, {"date", "2020-11-01T01:00:00Z"}},
       "_posts/2020/10/2020-10-31-a.md"},
      {EntryKind::kPost,
       "",
       {{"title", "A"}, {"date", "2020-11-01"}},
       "_posts/2020/11/2020-11-01-a.md"},
      {EntryKind::kPost,
       "",
       {{"title", "A"}, {"slug", "Own slug"}},
       "_posts/2024/06/2024-06-01-own-slug.md"},
      {EntryKind::kPost, "", {{"title", "Ærø fête"}}, "_posts/2024/06/2024-06-01-aero-fete.md"},
      {EntryKind::kPost, "", {{"title", "日本"}}, "_posts/2024/06/2024-06-01-日本.md"},
      {EntryKind::kPost, "", {{"title", "../../x"}}, "_posts/2024/06/2024-06-01-x.md"},
      {EntryKind::kDraft, "", {{"title", "Idea"}}, "_drafts/idea.md"},
      {EntryKind::kPage, "", {{"title", "About"}}, "_pages/about.md"},
      {EntryKind::kSession, "", {{"title", "Opening"}}, "_schedule/opening.md"},
      {EntryKind::kSpeaker, "", {{"name", "Ada L."}}, "_speakers/ada-l.md"},
      {EntryKind::kItem, "recipes", {{"title", "Soup"}}, "_recipes/soup.md"},
  };
  for (const Case& c : cases) {
    WriteRequest r = create(c.kind, c.front_matter);
    r.label = c.label;
    Prepared made = prepared(prepare_create(site.ground(), r));
    EXPECT_EQ(made.path.string(), c.path);
    ASSERT_EQ(made.change_set.preconditions.size(), 1u);
    EXPECT_EQ(made.change_set.preconditions[0].blob, std::nullopt);
    EXPECT_EQ(made.change_set.preconditions[0].path, made.path);
  }
}

TEST(Create, CountsNamesakes) {
  Files there = files();
  there["_posts/2024/06/2024-06-01-a.html"] = kPost;
  there["_posts/2024/06/2024-06-01-a-2.md"] = kPost;
  SmallSite site(there);
  Prepared made =
      prepared(prepare_create(site.ground(), create(EntryKind::kPost, {{"title", "A"}})));
  EXPECT_EQ(made.path.string(), "_posts/2024/06/2024-06-01-a-3.md");
}

TEST(Create, PagesLieAtTheRootWhereTheSiteHasNoPagesFolder) {
  SmallSite site(Files{{"index.md", "---\n---\n"}});
  Prepared made =
      prepared(prepare_create(site.ground(), create(EntryKind::kPage, {{"title", "A"}})));
  EXPECT_EQ(made.path.string(), "a.md");
}

TEST(Create, WritesFrontMatterBodyAuthorAndMessage) {
  SmallSite site(files());
  WriteRequest r =
      create(EntryKind::kPost, {{"title", "A"}, {"date", "2020-11-01 10:00:00 +0000"}});
  r.trailers = {{"Idempotency-Key", "k"}};
  Prepared made = prepared(prepare_create(site.ground(), r));
  EXPECT_EQ(made.after, "---\ntitle: A\ndate: 2020-11-01T10:00:00+00:00\n---\n\nHi.\n");
  EXPECT_EQ(made.before, std::nullopt);
  EXPECT_FALSE(made.is_unchanged);
  EXPECT_NE(made.diff.find("+title: A\n"), std::string::npos);
  EXPECT_EQ(made.change_set.message, "Create posts/2020/11/2020-11-01-a");
  EXPECT_EQ(made.change_set.author.name, "Ada");
  EXPECT_EQ(iso_time(made.change_set.author.when), "2024-06-01T09:00:00-03:00");
  EXPECT_EQ(made.change_set.trailers.size(), 1u);
  ASSERT_EQ(made.change_set.edits.size(), 1u);
  EXPECT_EQ(made.change_set.edits[0].content, made.after);
}

TEST(Create, GivesASessionAUidThatIsTheSameEachTime) {
  SmallSite site(files());
  WriteRequest r =
      create(EntryKind::kSession, {{"title", "Opening"}, {"start", "2020-10-12T10:00"}});
  Prepared made = prepared(prepare_create(site.ground(), r));
  // uuid.uuid5(uuid.NAMESPACE_URL, "_schedule/opening.md")
  EXPECT_NE(made.after->find("uid: \"08643f80-6d98-58e7-bef2-e2c9211af204\"\n"), std::string::npos)
      << *made.after;
  EXPECT_NE(made.after->find("start: 2020-10-12T10:00\n"), std::string::npos) << *made.after;
  r.front_matter->map()->set("uid", "own");
  EXPECT_NE(prepared(prepare_create(site.ground(), r)).after->find("uid: own\n"),
            std::string::npos);
}

TEST(Create, TakesAPathThatTheResourceMayHave) {
  SmallSite site(files());
  struct Case {
    EntryKind kind;
    std::string path;
    std::optional<Refusal::Kind> refused;
  };
  using Kind = Refusal::Kind;
  const Case cases[] = {
      {EntryKind::kPost, "_posts/2021-01-01-y.md", std::nullopt},
      {EntryKind::kPost, "blog/_posts/2021-01-01-y.md", std::nullopt},
      {EntryKind::kPost, kPath, Kind::kExists},
      {EntryKind::kPost, "_posts/y.md", Kind::kInvalid},
      {EntryKind::kPost, "_posts/../_layouts/2021-01-01-y.md", Kind::kInvalid},
      {EntryKind::kPost, "_layouts/2021-01-01-y.md", Kind::kForbidden},
      {EntryKind::kPost, "_drafts/2021-01-01-y.md", Kind::kForbidden},
      {EntryKind::kDraft, "_drafts/a/y.md", std::nullopt},
      {EntryKind::kDraft, "_drafts/y", Kind::kInvalid},
      {EntryKind::kPage, "a/b.md", std::nullopt},
      {EntryKind::kPage, "_layouts/b.html", Kind::kForbidden},
      {EntryKind::kPage, "_config.yml", Kind::kForbidden},
      {EntryKind::kPage, ".git/config", Kind::kInvalid},
      {EntryKind::kSession, "_schedule/y.md", std::nullopt},
      {EntryKind::kSession, "_speakers/y.md", Kind::kForbidden},
      {EntryKind::kFile, "_layouts/b.html", std::nullopt},
      {EntryKind::kFile, "", Kind::kInvalid},
  };
  for (const Case& c : cases) {
    WriteRequest r = create(c.kind, {{"title", "A"}});
    r.proposed_path = c.path;
    auto outcome = prepare_create(site.ground(), r);
    if (!c.refused) {
      EXPECT_EQ(prepared(outcome).path.string(), c.path);
      continue;
    }
    Refusal no = refusal(outcome);
    EXPECT_EQ(no.kind, *c.refused) << c.path << ": " << no.message;
    bool names_field = no.kind == Kind::kExists || no.fields.at(0).pointer == "/path";
    EXPECT_TRUE(names_field) << c.path;
  }
}

TEST(Create, RefusesWhatIsWrongWithItsField) {
  SmallSite site(files());
  struct Case {
    EntryKind kind;
    Data front_matter;
    std::string pointer;
  };
  const Case cases[] = {
      {EntryKind::kPost, Map{{"date", "2020-01-01"}}, "/front_matter/title"},
      {EntryKind::kPost, Map{{"title", "!!!"}}, "/front_matter/title"},
      {EntryKind::kPost, Map{{"title", "A"}, {"date", "the day after"}}, "/front_matter/date"},
      {EntryKind::kPost, Map{{"title", "A"}, {"tags", Map{{"x", 1}}}}, "/front_matter/tags"},
      {EntryKind::kPost, Data("text"), "/front_matter"},
      {EntryKind::kSession, Map{{"title", "A"}, {"start", "noon"}}, "/front_matter/start"},
  };
  for (const Case& c : cases) {
    WriteRequest r = request(c.kind);
    r.front_matter = c.front_matter;
    Refusal no = refusal(prepare_create(site.ground(), r));
    EXPECT_EQ(no.kind, Refusal::Kind::kInvalid);
    ASSERT_FALSE(no.fields.empty());
    EXPECT_EQ(no.fields[0].pointer, c.pointer);
    EXPECT_FALSE(no.message.empty());
  }
  WriteRequest broken = create(EntryKind::kPost, {{"title", "A"}}, "{% if %}");
  EXPECT_EQ(refusal(prepare_create(site.ground(), broken)).fields.at(0).pointer, "/body");
}

TEST(Patch, ChangesOneLine) {
  SmallSite site(files());
  Prepared done = prepared(prepare_patch(site.ground(), patch({{"title", "New: title"}})));
  std::string wanted = kPost;
  wanted.replace(wanted.find("Old title"), 9, "\"New: title\"");
  EXPECT_EQ(done.after, wanted);
  EXPECT_EQ(done.change_set.message, "Update posts/2020-10-11-x: title");
  EXPECT_EQ(done.change_set.preconditions.at(0).blob, site.blob_of(kPath));
  EXPECT_FALSE(done.is_merged);
}

TEST(Patch, NamesWhatItChangesInTheMessage) {
  SmallSite site(files());
  WriteRequest r = patch({{"title", "N"}, {"tags", Data()}, {"layout", "post"}});
  r.body = "Other.\n";
  EXPECT_EQ(prepared(prepare_patch(site.ground(), r)).change_set.message,
            "Update posts/2020-10-11-x: title, layout, tags, body");
  r.message = "Mine";
  EXPECT_EQ(prepared(prepare_patch(site.ground(), r)).change_set.message, "Mine");
  r.message = " \n";
  EXPECT_EQ(refusal(prepare_patch(site.ground(), r)).fields.at(0).pointer, "/message");
}

TEST(Patch, OfEqualValuesChangesNothing) {
  SmallSite site(files());
  Prepared done = prepared(prepare_patch(
      site.ground(), patch({{"title", "Old title"}, {"date", "2020-10-11T13:20:00-05:00"}})));
  EXPECT_TRUE(done.is_unchanged);
  EXPECT_EQ(done.diff, "");
}

TEST(Patch, IsRefusedWithThePointerOfTheField) {
  SmallSite site(files());
  Refusal no = refusal(prepare_patch(site.ground(), patch({{"date", "the day after"}})));
  EXPECT_EQ(no.kind, Refusal::Kind::kInvalid);
  EXPECT_EQ(no.fields.at(0).pointer, "/front_matter/date");
}

TEST(Patch, OfAFileThatWasBrokenMayMendOneThingAtATime) {
  Files there = files();
  there[kPath] = "---\ntitle: T\ndate: never\n---\nBody.\n";
  SmallSite site(there);
  Prepared done = prepared(prepare_patch(site.ground(), patch({{"title", "N"}})));
  ASSERT_EQ(done.warnings.size(), 1u);
  EXPECT_NE(done.warnings[0].message.find("never"), std::string::npos);
}

TEST(Patch, OfBrokenYamlIsRefused) {
  Files there = files();
  there[kPath] = "---\ntitle: \"T\n---\nBody.\n";
  SmallSite site(there);
  Refusal no = refusal(prepare_patch(site.ground(), patch({{"title", "N"}})));
  EXPECT_EQ(no.kind, Refusal::Kind::kInvalid);
  EXPECT_EQ(no.fields.at(0).pointer, "/front_matter");
}

TEST(Replace, EmptiesWhatIsLeftOut) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kPost, "2020-10-11-x");
  r.front_matter = Data(Map{{"title", "Old title"}});
  Prepared done = prepared(prepare_replace(site.ground(), r));
  EXPECT_EQ(done.after, "---\n# kept\ntitle:  Old title   # why\n---\n\n");
}

TEST(Replace, KeepsTheUidOfASession) {
  Files there = files();
  there["_schedule/a.md"] = "---\ntitle: A\nuid: u-1\n---\n";
  SmallSite site(there);
  WriteRequest r = request(EntryKind::kSession, "a");
  r.front_matter = Data(Map{{"title", "B"}});
  EXPECT_EQ(prepared(prepare_replace(site.ground(), r)).after, "---\ntitle: B\nuid: u-1\n---\n");
}

TEST(Replace, MakesWhatMustNotExist) {
  SmallSite site(files());
  WriteRequest r = create(EntryKind::kDraft, {{"title", "A"}});
  r.name = "a/b";
  EXPECT_EQ(refusal(prepare_replace(site.ground(), r)).kind, Refusal::Kind::kNotFound);
  r.expected = MustNotExist{};
  EXPECT_EQ(prepared(prepare_replace(site.ground(), r)).path.string(), "_drafts/a/b.md");
  WriteRequest there = create(EntryKind::kPost, {{"title", "A"}});
  there.name = "2020-10-11-x";
  there.expected = MustNotExist{};
  Refusal no = refusal(prepare_replace(site.ground(), there));
  EXPECT_EQ(no.kind, Refusal::Kind::kExists);
  EXPECT_EQ(no.current, site.blob_of(kPath));
}

TEST(Structured, FilesAreTheirData) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kEvent);
  r.front_matter_patch = Data(Map{{"title", "Nights"}});
  EXPECT_EQ(prepared(prepare_patch(site.ground(), r)).after,
            "# the event\ntitle: Nights\nstart: 2020-10-12\ntime_zone: UTC\n");
  WriteRequest whole = request(EntryKind::kEvent);
  whole.front_matter =
      Data(Map{{"title", "Days"}, {"start", "2020-10-13"}, {"time_zone", "Europe/Paris"}});
  EXPECT_EQ(prepared(prepare_replace(site.ground(), whole)).after,
            "# the event\ntitle: Days\nstart: 2020-10-13\ntime_zone: Europe/Paris\n");
  whole.front_matter->map()->set("time_zone", "Mars/Base");
  EXPECT_EQ(refusal(prepare_replace(site.ground(), whole)).fields.at(0).pointer, "/time_zone");
  whole.body = "x";
  EXPECT_EQ(refusal(prepare_replace(site.ground(), whole)).kind, Refusal::Kind::kInvalid);
}

TEST(Structured, FilesAreMadeWhereTheyMustNotExist) {
  SmallSite site(Files{{"index.md", "---\n---\n"}});
  WriteRequest r = request(EntryKind::kEvent);
  r.expected = MustNotExist{};
  r.front_matter = Data(Map{{"title", "PTIM"},
                            {"time_zone", "America/New_York"},
                            {"start", "2020-10-12"},
                            {"rooms", Data::List{Map{{"name", "Main"}}}}});
  Prepared made = prepared(prepare_replace(site.ground(), r));
  EXPECT_EQ(made.path.string(), "_data/event.yml");
  EXPECT_EQ(made.change_set.message, "Create schedule/event");
  EXPECT_EQ(
      made.after,
      "title: PTIM\ntime_zone: America/New_York\nstart: 2020-10-12\nrooms:\n  - name: Main\n");
  WriteRequest data = request(EntryKind::kData, "team/people");
  data.expected = MustNotExist{};
  data.front_matter = Data(Data::List{"a"});
  EXPECT_EQ(prepared(prepare_replace(site.ground(), data)).path.string(), "_data/team/people.yml");
}

TEST(Stale, EditsAreRefusedWithTheMergeThatTheyWouldBe) {
  SmallSite site(files());
  std::string older = kPost;
  older.replace(older.find("Old"), 3, "Very old");
  WriteRequest r = patch({{"tags", Data::List{"a", "b", "c"}}});
  r.expected = site.add_older(older);
  Refusal no = refusal(prepare_patch(site.ground(), r));
  EXPECT_EQ(no.kind, Refusal::Kind::kStale);
  EXPECT_EQ(no.current, site.blob_of(kPath));
  ASSERT_TRUE(no.proposal);
  std::string wanted = kPost;
  wanted.replace(wanted.find("[a, b]"), 6, "[a, b, c]");
  EXPECT_EQ(no.proposal->bytes, wanted);
  r.merges_if_stale = true;
  Prepared done = prepared(prepare_patch(site.ground(), r));
  EXPECT_EQ(done.after, wanted);
  EXPECT_TRUE(done.is_merged);
  EXPECT_EQ(done.change_set.preconditions.at(0).blob, site.blob_of(kPath));
}

TEST(Stale, EditsOfTheSameFieldAreConflicts) {
  SmallSite site(files());
  std::string older = kPost;
  older.replace(older.find("Old"), 3, "Very old");
  WriteRequest r = patch({{"title", "Another"}});
  r.expected = site.add_older(older);
  r.merges_if_stale = true;
  Refusal no = refusal(prepare_patch(site.ground(), r));
  EXPECT_EQ(no.kind, Refusal::Kind::kConflict);
  ASSERT_EQ(no.fields.size(), 1u);
  EXPECT_EQ(no.fields[0].pointer, "/front_matter/title");
  const document::Conflict& conflict = no.proposal.value().conflicts.at(0);
  EXPECT_EQ(*conflict.base->string(), "Very old title");
  EXPECT_EQ(*conflict.ours->string(), "Old title");
  EXPECT_EQ(*conflict.theirs->string(), "Another");
}

TEST(Stale, ContentThatNobodyKnowsHasNoMerge) {
  SmallSite site(files());
  WriteRequest r = patch({{"title", "N"}});
  r.expected = storage::blob_id_of("never there");
  r.merges_if_stale = true;
  Refusal no = refusal(prepare_patch(site.ground(), r));
  EXPECT_EQ(no.kind, Refusal::Kind::kStale);
  EXPECT_FALSE(no.proposal);
}

TEST(Delete, TakesTheFileAwayUnlessItChanged) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kPost, "2020-10-11-x");
  r.expected = site.blob_of(kPath);
  Prepared done = prepared(prepare_delete(site.ground(), r));
  EXPECT_EQ(done.after, std::nullopt);
  EXPECT_EQ(done.change_set.edits.at(0).content, std::nullopt);
  EXPECT_EQ(done.change_set.message, "Delete posts/2020-10-11-x");
  r.expected = site.add_older("older");
  r.merges_if_stale = true;
  EXPECT_EQ(refusal(prepare_delete(site.ground(), r)).kind, Refusal::Kind::kStale);
  EXPECT_EQ(refusal(prepare_delete(site.ground(), request(EntryKind::kPost, "none"))).kind,
            Refusal::Kind::kNotFound);
}

TEST(Files, AreWrittenAsTheyAre) {
  SmallSite site(files());
  WriteRequest r = request(EntryKind::kFile);
  r.proposed_path = "assets/x.bin";
  r.body = std::string("\0\xff\n", 3);
  EXPECT_EQ(prepared(prepare_create(site.ground(), r)).after, r.body);
}

}  // namespace
}  // namespace stet::change
