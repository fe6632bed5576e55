#include "api/changes/notes.h"

#include <gtest/gtest.h>

namespace stet::changes {
namespace {

// As the committer writes it.
std::string message_of(const Note& note, Hand hand = {}) {
  storage::ChangeSet change = change_set_of(note, hand);
  std::string text = change.message + "\n\n";
  for (const auto& [key, value] : change.trailers) text += key + ": " + value + "\n";
  return text;
}

TEST(Notes, ComeBackAsTheyWereWritten) {
  auto commit = *CommitId::parse("0123456789012345678901234567890123456789");
  for (const Note& note :
       {Note{Verb::kOpen, "A title: with a colon", "One.\n\nTwo.\n\nStet-Change: x"},
        Note{Verb::kDescribe, "T", ""},
        Note{Verb::kSchedule, "", "", Instant{1'700'000'000}},
        Note{Verb::kUnschedule, "", ""},
        Note{Verb::kWithdraw, "", ""},
        Note{Verb::kReopen, "", ""},
        Note{Verb::kPublish, "", "", std::nullopt, commit}}) {
    auto read = note_of(message_of(note, {{}, {{"Stet-User", "jo"}}}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->verb, note.verb);
    EXPECT_EQ(read->title, note.title);
    EXPECT_EQ(read->description, note.description);
    EXPECT_EQ(read->publish_at, note.publish_at);
    EXPECT_EQ(read->published_as, note.published_as);
  }
}

TEST(Notes, AreTakenFromTheLastParagraphAlone) {
  struct Case {
    const char* message;
    bool is_note;
  };
  for (const Case& one : {Case{"Edit\n\nStet-Change: withdraw\n", true},
                          Case{"Stet-Change: withdraw\n", false},
                          Case{"Edit\n\nStet-Change: withdraw\n\nStet-User: jo\n", false},
                          Case{"Edit\n\nno trailer\nStet-Change: withdraw\n", false},
                          Case{"Edit\n\nStet-Change: what\n", false},
                          Case{"Edit\n\nStet-Change: schedule\n", false},
                          Case{"Edit\n\nStet-Change: schedule\nStet-Publish-At: soon\n", false},
                          Case{"Edit\n\nStet-Change: publish\nStet-Published-As: 12\n", false},
                          Case{"", false},
                          Case{"\n\n\n\n", false}}) {
    EXPECT_EQ(note_of(one.message).has_value(), one.is_note) << one.message;
  }
}

TEST(Notes, OfManyBytesAreCut) {
  std::string title(100'000, 'x');
  auto note = note_of("S\n\n" + title + "\n\nStet-Change: open\nStet-Title: " + title + "\n");
  ASSERT_TRUE(note);
  EXPECT_EQ(note->title.size(), kTitleBytesMax);
  EXPECT_EQ(note->description.size(), kDescriptionBytesMax);
}

}  // namespace
}  // namespace stet::changes
