// weigh(): how much a row of a full-text table counts.

#include "storage/sqlite/weighing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

using ::testing::ElementsAre;

class Weighed : public ::testing::Test {
 protected:
  Weighed() : database_(Database::open(folder_.path() / "x", Database::Kind::kDerived).value()) {
    EXPECT_TRUE(add_weighing(database_));
    EXPECT_TRUE(
        database_.execute("CREATE VIRTUAL TABLE t USING fts5(a, b, content='');"
                          "INSERT INTO t(rowid, a, b) VALUES(1, 'one', 'x'), (2, 'x', 'one'), (3, "
                          "'x', 'one one two'),"
                          " (4, 'x', 'one x x x x x x x x x x x'), (5, 'two', 'x')"));
  }
  std::vector<std::int64_t> order(const std::string& match, const Weighing& weighing) {
    Statement select =
        database_.prepare("SELECT rowid FROM t WHERE t MATCH ? ORDER BY weigh(t, ?) DESC, rowid")
            .value();
    std::string bytes = weighing.bytes();
    select.bind(1, match).bind_blob(2, bytes);
    std::vector<std::int64_t> rows;
    for (auto row = select.step(); row && *row; row = select.step())
      rows.push_back(select.integer(0));
    return rows;
  }
  TemporaryFolder folder_;
  Database database_;
};

TEST_F(Weighed, CountsColumnsByTheirWorthAndLongTextsLess) {
  EXPECT_THAT(order("one", {.phrases = {{.group = 0}}, .columns = {8, 1}}),
              ElementsAre(1, 3, 2, 4));
  EXPECT_THAT(order("one", {.phrases = {{.group = 0}}, .columns = {0, 1}}),
              ElementsAre(3, 2, 4, 1));
}

TEST_F(Weighed, CountsGroupsByTheirFactors) {
  Weighing weighing{.phrases = {{.group = 0, .factor = 1}, {.group = 1, .factor = 9}},
                    .columns = {1, 1}};
  EXPECT_THAT(order("one OR two", weighing), ElementsAre(3, 5, 2, 1, 4));
  weighing.phrases[1].group = -1;
  EXPECT_EQ(order("one OR two", weighing).back(), 5);
}

TEST_F(Weighed, RefusesWhatIsNoWeighing) {
  Statement select = database_.prepare("SELECT weigh(t, 'x') FROM t WHERE t MATCH 'one'").value();
  EXPECT_FALSE(select.step());
}

}  // namespace
}  // namespace stet::storage
