// Moves of sessions and new names of rooms as plans: what each file becomes, byte by byte.

#include "cms/change/session_moves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/change/event_names.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

using document::Data;
using ::testing::HasSubstr;

Files files() {
  return {{"_config.yml", "stet: {schedule: {clashes: refuse}}\n"},
          {"_data/event.yml",
           "# What it is.\ntime_zone: Europe/Berlin\nrooms:\n"
           "  - name: Main    # the large one\n    capacity: 300\n  - Side\n"
           "tracks: [{name: Maps, color: '#a00'}, Code]\n"},
          {"_speakers/ada.md", "---\nname: Ada\n---\n"},
          {"_schedule/a.md",
           "---\ntitle: A   # kept\nstart: 2026-10-24T10:00\nend: 2026-10-24T11:00\nroom: Main\n"
           "speakers: [ada]\n---\nText.\n"},
          {"_schedule/b.md",
           "---\ntitle: B\nroom:  \"Main\"\nstart: 2026-10-24 11:00:00\nend: 2026-10-24 12:00:00\n"
           "track: Maps\n---\n"},
          {"_schedule/c.md",
           "---\ntitle: C\nslots:\n"
           "  - {id: a, start: 2026-10-24T16:00, end: 2026-10-24T17:00, room: Side} # first\n"
           "  - id: b\n    start: 2026-10-25T16:00\n    room: Main\n---\n"}};
}

class Moved : public ::testing::Test {
 protected:
  Moved() : site_(files()), ground_(site_.ground_with_edits()) {}

  // What a file becomes; or why not.
  std::string after(const Result<PlanOutcome>& outcome, const std::string& path) {
    if (!outcome) return outcome.error().message;
    if (auto* refusal = std::get_if<Refusal>(&*outcome)) {
      std::string text = refusal->message;
      for (const FieldProblem& field : refusal->fields) text += "\n" + field.pointer;
      return text;
    }
    const Plan& plan = std::get<Plan>(*outcome);
    auto edit = plan.edits.find(RepoPath::parse(path).value());
    return edit == plan.edits.end() || !edit->second ? "(untouched)" : *edit->second;
  }

  SmallSite site_;
  Ground ground_;
};

SlotMove move(const std::string& session, const std::string& start) {
  SlotMove move;
  move.session = session;
  move.wish.start = Data(start);
  return move;
}

TEST_F(Moved, ASwapIsJudgedByWhatItLeaves) {
  auto one = prepare_moves(ground_, {move("a", "2026-10-24T11:00")}, {});
  EXPECT_THAT(after(one, "_schedule/a.md"), HasSubstr("is taken by 'B'"));
  auto both =
      prepare_moves(ground_, {move("a", "2026-10-24T11:00"), move("b", "2026-10-24T10:00")}, {});
  EXPECT_EQ(after(both, "_schedule/a.md"),
            "---\ntitle: A   # kept\nstart: 2026-10-24T11:00\nend: 2026-10-24T12:00\nroom: Main\n"
            "speakers: [ada]\n---\nText.\n");
  EXPECT_EQ(after(both, "_schedule/b.md"),
            "---\ntitle: B\nroom:  \"Main\"\nstart: 2026-10-24 10:00:00\nend: 2026-10-24 11:00:00\n"
            "track: Maps\n---\n");
}

TEST_F(Moved, TheFirstThatClashesIsNamed) {
  auto outcome =
      prepare_moves(ground_, {move("b", "2026-10-24T18:00"), move("a", "2026-10-24T18:30")}, {});
  const Refusal& refusal = std::get<Refusal>(*outcome);
  EXPECT_EQ(refusal.action, 1u) << "the files are looked at by path";
  EXPECT_EQ(refusal.entries.size(), 2u);
}

TEST_F(Moved, OneSlotOfSeveral) {
  SlotMove one = move("c", "2026-10-25T09:00");
  one.slot = "b";
  one.wish.minutes = 20;
  EXPECT_EQ(after(prepare_moves(ground_, {one}, {}), "_schedule/c.md"),
            "---\ntitle: C\nslots:\n"
            "  - {id: a, start: 2026-10-24T16:00, end: 2026-10-24T17:00, room: Side} # first\n"
            "  - id: b\n    start: 2026-10-25T09:00\n    room: Main\n    duration: 20\n---\n");
  one.slot = "x";
  EXPECT_EQ(after(prepare_moves(ground_, {one}, {}), ""), "it has no such slot, but a, b\n/slot");
}

TEST_F(Moved, AShiftIsOfTheSlotsThatMatch) {
  ShiftRequest request;
  request.filter.day = Date{2026, 10, 24};
  request.minutes = -30;
  BlobId tag;
  auto outcome = prepare_shift(ground_, request, tag);
  EXPECT_THAT(after(outcome, "_schedule/a.md"), HasSubstr("start: 2026-10-24T09:30\n"));
  EXPECT_THAT(after(outcome, "_schedule/b.md"), HasSubstr("start: 2026-10-24 10:30:00\n"));
  EXPECT_THAT(
      after(outcome, "_schedule/c.md"),
      HasSubstr("start: \"2026-10-24T15:30\", end: \"2026-10-24T16:30\", room: Side} # first\n"
                "  - id: b\n    start: 2026-10-25T16:00\n"));
  request.expected = BlobId();
  EXPECT_THAT(after(prepare_shift(ground_, request, tag), ""), HasSubstr("other sessions match"));
}

TEST_F(Moved, ACopyHasAUidOfItsOwnAndTheBody) {
  CopyRequest request;
  request.session = "a";
  request.wish.start = Data("2026-10-26T10:00");
  std::string copy = after(prepare_copy(ground_, request), "_schedule/a-2.md");
  EXPECT_THAT(copy, HasSubstr("start: 2026-10-26T10:00\nend: 2026-10-26T11:00\n"));
  EXPECT_THAT(copy, HasSubstr("uid: "));
  EXPECT_TRUE(copy.ends_with("---\n\nText.\n")) << copy;
}

// What calendars know each slot by is not for two sessions.
TEST_F(Moved, ACopyOfSlotsHasNeitherTheirUidsNorTheirSequences) {
  Files with_uids = files();
  with_uids["_schedule/c.md"] =
      "---\ntitle: C\nsequence: 3\nslots:\n"
      "  - {id: a, start: 2026-10-24T16:00, uid: one@x, sequence: 5}\n"
      "  - {id: b, start: 2026-10-25T16:00, uid: two@x}\n---\n";
  SmallSite site(with_uids);
  CopyRequest request;
  request.session = "c";
  std::string copy = after(prepare_copy(site.ground_with_edits(), request), "_schedule/c-2.md");
  EXPECT_THAT(copy, HasSubstr("id: b"));
  EXPECT_THAT(copy, Not(HasSubstr("@x")));
  EXPECT_THAT(copy, Not(HasSubstr("sequence")));
}

TEST_F(Moved, SlotsInFlowStyleKeepTheirQuotes) {
  Files flow = files();
  flow["_schedule/c.md"] =
      "---\ntitle: C\nslots: [{id: 'a', start: \"2026-10-24T16:00\", end: '2026-10-24T17:00', "
      "room: "
      "\"Side\"}, {'id': b,  start: 2026-10-25T16:00, room: 'Main'}]\n---\n";
  SmallSite site(flow);
  ShiftRequest request;
  request.filter.day = Date{2026, 10, 24};
  request.minutes = 30;
  BlobId tag;
  EXPECT_EQ(after(prepare_shift(site.ground_with_edits(), request, tag), "_schedule/c.md"),
            "---\ntitle: C\nslots: [{id: 'a', start: \"2026-10-24T16:30\", end: "
            "'2026-10-24T17:30', room: \"Side\"}, {'id': b,  start: 2026-10-25T16:00, room: "
            "'Main'}]\n---\n");
}

NameRequest about(Named kind, const std::string& name, Data fields = {}) {
  NameRequest request;
  request.kind = kind;
  request.name = name;
  request.fields = std::move(fields);
  return request;
}

TEST_F(Moved, ARoomsNewNameIsItsSessionsToo) {
  auto outcome =
      prepare_name_patch(ground_, about(Named::kRoom, "Side", Data(Data::Map{{"name", "Garden"}})));
  EXPECT_THAT(after(outcome, "_data/event.yml"),
              HasSubstr("  - name: Main    # the large one\n    capacity: 300\n  - Garden\n"));
  EXPECT_THAT(after(outcome, "_schedule/c.md"),
              HasSubstr("end: 2026-10-24T17:00, room: Garden} # first\n"));
  outcome =
      prepare_name_patch(ground_, about(Named::kRoom, "main", Data(Data::Map{{"capacity", 320}})));
  EXPECT_THAT(after(outcome, "_data/event.yml"),
              HasSubstr("  - name: Main    # the large one\n    capacity: 320\n  - Side\n"));
  EXPECT_EQ(after(outcome, "_schedule/a.md"), "(untouched)");
}

TEST_F(Moved, ANewRoomGoesBehindTheOthers) {
  auto outcome = prepare_new_name(
      ground_, about(Named::kRoom, "", Data(Data::Map{{"name", "Attic"}, {"capacity", 9}})));
  std::string file = after(outcome, "_data/event.yml");
  const std::string before = files()["_data/event.yml"];
  EXPECT_TRUE(file.starts_with(before.substr(0, before.find("tracks:")))) << file;
  EXPECT_TRUE(file.ends_with("tracks: [{name: Maps, color: '#a00'}, Code]\n")) << file;
  EXPECT_THAT(file, HasSubstr("Attic"));
  EXPECT_THAT(
      after(prepare_new_name(ground_, about(Named::kTrack, "", Data(Data::Map{{"name", "Code"}}))),
            ""),
      HasSubstr("has a track 'Code' already\n/name"));
}

TEST_F(Moved, WhatSessionsNameDoesNotGoByItself) {
  NameRequest request = about(Named::kRoom, "Main");
  auto outcome = prepare_name_deletion(ground_, request);
  const Refusal& refusal = std::get<Refusal>(*outcome);
  EXPECT_EQ(refusal.kind, Refusal::Kind::kInUse);
  ASSERT_EQ(refusal.entries.size(), 3u);
  EXPECT_EQ(refusal.entries[2].second[0].pointer, "/front_matter/slots/1/room");
  request.on_use = {OnUse::Kind::kMove, "Side"};
  outcome = prepare_name_deletion(ground_, request);
  EXPECT_THAT(after(outcome, "_schedule/b.md"), HasSubstr("room:  \"Side\"\n"));
  EXPECT_THAT(after(outcome, "_data/event.yml"), HasSubstr("rooms:\n  - Side\ntracks:"));
  request.on_use = {OnUse::Kind::kClear, ""};
  EXPECT_THAT(after(prepare_name_deletion(ground_, request), "_schedule/c.md"),
              HasSubstr("  - id: b\n    start: 2026-10-25T16:00\n---\n"));
}

TEST_F(Moved, ASpeakerGoesWithTheirSessionsLeave) {
  NameRequest request = about(Named::kSpeaker, "ada");
  EXPECT_EQ(std::get<Refusal>(*prepare_speaker_deletion(ground_, request)).kind,
            Refusal::Kind::kInUse);
  request.on_use = {OnUse::Kind::kClear, ""};
  auto outcome = prepare_speaker_deletion(ground_, request);
  EXPECT_THAT(after(outcome, "_schedule/a.md"), HasSubstr("room: Main\n---\nText.\n"));
  EXPECT_EQ(std::get<Plan>(*outcome).actions.front().path.string(), "_speakers/ada.md");
}

}  // namespace
}  // namespace stet::change
