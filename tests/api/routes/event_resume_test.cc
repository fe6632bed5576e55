// Who comes back to the stream of events is told all that they have not been told, and nothing
// twice: also after a restart of the server, when nothing is left but what ids say and repositories
// hold.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <thread>

#include "api/events/event_json.h"
#include "tests/api/routes/listener.h"

namespace stet::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Heard {
  std::string id, type;
  std::string entry;  // the id of an entry's event
};

std::vector<Heard> heard_in(const std::string& text) {
  static const std::regex kEvent("id: ([^\n]*)\nevent: ([^\n]*)\ndata: (\\{\"id\":\"([^\"]*)\")?");
  std::vector<Heard> heard;
  for (std::sregex_iterator at(text.begin(), text.end(), kEvent), end; at != end; ++at) {
    heard.push_back({(*at)[1], (*at)[2], (*at)[4]});
  }
  return heard;
}

std::vector<std::string> entries_of(const std::vector<Heard>& heard) {
  std::vector<std::string> entries;
  for (const Heard& one : heard) {
    if (one.type.starts_with("entry.")) entries.push_back(one.entry);
  }
  return entries;
}

class EventResumption : public testing::Test {
 protected:
  EventResumption() {
    auto server = http::Server::start({}, *world_.admin_site, clock_, nullptr);
    EXPECT_TRUE(server);
    server_ = std::move(*server);
  }
  ~EventResumption() override { world_.events.end(); }

  // What a server is told by a client of an earlier run.
  static std::string of_earlier_run(std::string id) {
    return id.starts_with("run-") ? "earlier-" + id.substr(4) : id;
  }
  std::string from(const std::string& id) {
    Listener back(world_, server_->port(), "Last-Event-ID: " + id + "\r\n");
    return back.until("event: site.state");
  }
  // Commits of several files each; in one of them a file moves, in one another goes.
  void commit_three() {
    auto& repository = world_.repository;
    repository.commit({{"a.md", "---\n---\na\n"}, {"b.md", "---\n---\nb\n"}, {"c.md", "x"}});
    ASSERT_TRUE(world_.pipeline->publish_head("main"));
    repository.commit({{"d.md", "---\n---\na\n"}, {"b.md", "---\n---\nb2\n"}}, {"a.md"});
    ASSERT_TRUE(world_.pipeline->publish_head("main"));
    repository.commit({{"e.md", "---\n---\ne\n"}}, {"c.md"});
    ASSERT_TRUE(world_.pipeline->publish_head("main"));
  }
  void wait_until_told() {
    while (!world_.events.reached() || world_.events.reached()->hex() != world_.head()) {
      std::this_thread::yield();
    }
  }

  World world_;
  SystemClock clock_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(EventResumption, BehindEachEventGivesNothingTwiceAndLosesNothing) {
  Listener live(world_, server_->port());
  std::string text = live.until("event: site.state");
  commit_three();
  wait_until_told();
  world_.events.tell("last", "{}");
  auto heard = heard_in(text + live.until("event: last\ndata: {}"));
  auto all = entries_of(heard);
  ASSERT_EQ(all.size(), 7u);
  std::size_t told = 0;
  for (const Heard& one : heard) {
    if (one.type.starts_with("entry.")) ++told;
    std::vector<std::string> rest(all.begin() + static_cast<std::ptrdiff_t>(told), all.end());
    EXPECT_EQ(entries_of(heard_in(from(of_earlier_run(one.id)))), rest) << one.id;
  }
}

TEST_F(EventResumption, InTheMidstOfWhatIsToldAgainGoesOnThere) {
  std::string start = world_.head();
  commit_three();
  wait_until_told();
  auto heard = heard_in(from(start));
  auto all = entries_of(heard);
  ASSERT_EQ(all.size(), 7u);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::string> rest(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end());
    std::string again = from(heard[i].id);
    EXPECT_EQ(entries_of(heard_in(again)), rest) << heard[i].id;
    EXPECT_THAT(again, Not(HasSubstr("forgotten"))) << "that was told before";
  }
}

// While nobody listens nothing is told: who was there before has not heard of it.
TEST_F(EventResumption, AfterAWhileWithoutListenersTellsWhatNobodyWasTold) {
  std::string id;
  {
    Listener live(world_, server_->port());
    id = heard_in(live.until("event: site.state\ndata: ")).back().id;
  }
  while (world_.events.listeners() > 0) {
    world_.events.keep_alive();
    std::this_thread::yield();
  }
  commit_three();
  wait_until_told();
  EXPECT_EQ(entries_of(heard_in(from(id))).size(), 7u);
}

TEST_F(EventResumption, TellsAgainWhatHappenedToChanges) {
  Listener live(world_, server_->port());
  std::string text = live.until("event: site.state");
  auto open = [&](const char* title) {
    Told opened = world_.api(
        {.method = "POST", .target = "/changes", .body = Json({{"title", title}}).dump()});
    ASSERT_EQ(opened.status, 201) << opened.body;
  };
  open("One");
  text += live.until("event: change.created\ndata: ");
  std::string before = heard_in(text).back().id;
  open("Two");
  text = live.until("event: change.created\ndata: ");
  std::string after = heard_in(text).back().id;
  auto changes_in = [](const std::string& told) {
    std::vector<std::string> titles;
    static const std::regex kTitle("event: change.created\ndata: .*\"title\":\"([^\"]*)\"");
    for (std::sregex_iterator at(told.begin(), told.end(), kTitle), end; at != end; ++at) {
      titles.push_back((*at)[1]);
    }
    return titles;
  };
  EXPECT_THAT(changes_in(from(of_earlier_run(before))), ElementsAre("Two"));
  EXPECT_THAT(changes_in(from(of_earlier_run(after))), IsEmpty());
}

TEST_F(EventResumption, FromWhatIsNoIdIsSaidToSkip) {
  for (const char* unknown :
       {"garbage", "run-99", "other-1", "run-", "run-x", "run-2x", "-", "n1-"}) {
    std::string told = from(unknown);
    EXPECT_THAT(told, HasSubstr("event: events.skipped\ndata: {\"reason\":\"unknown\"")) << unknown;
    EXPECT_THAT(told, HasSubstr("\"head\":\"" + world_.head())) << unknown;
  }
  Told refused =
      world_.api({.target = "/events?since=garbage", .headers = {{"Accept", "text/event-stream"}}});
  EXPECT_EQ(refused.status, 400) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("since is a commit"));
}

TEST(StreamIds, AreReadAsTheyAreWrittenAndInNoOtherWay) {
  const std::string a(40, 'a'), b(40, 'b');
  for (const std::string& text : std::vector<std::string>{"17-3",
                                                          "17-3-" + a,
                                                          "17-3-n5-" + a,
                                                          "17-3-n5",
                                                          "17-3-n5-" + a + "." + b + ".2.7",
                                                          "n5-" + a + "." + b + ".0.1",
                                                          a,
                                                          "n0"}) {
    auto id = events::StreamId::parse(text);
    ASSERT_TRUE(id) << text;
    EXPECT_EQ(id->string(), text);
  }
  for (const std::string& text : std::vector<std::string>{"",
                                                          "17",
                                                          "17-x-" + a,
                                                          "17-3-n-" + a,
                                                          "17-3-n-5",
                                                          a + "." + b,
                                                          a + "." + b + ".2.",
                                                          a.substr(1),
                                                          "17-3-" + a + "-" + b,
                                                          "17--3"}) {
    EXPECT_FALSE(events::StreamId::parse(text)) << text;
  }
}

}  // namespace
}  // namespace stet::api
