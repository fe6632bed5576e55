// A small site with an index of its text. The test says when the index follows.
#pragma once

#include <gtest/gtest.h>

#include "cms/search/index.h"
#include "tests/api/routes/world.h"

namespace stet::api {

class SearchWorld : public World {
 public:
  explicit SearchWorld(const storage::TestRepository::Files& files) : World(files) { open(); }
  ~SearchWorld() { public_site->set_search(nullptr); }

  // The index, brought to what is live.
  void follow_search() {
    Status done = index->follow(pipeline->site(), *pipeline->commit());
    ASSERT_TRUE(done) << done.error().message;
  }
  // As a server that was killed and starts again.
  void restart_search() {
    restart();
    open();
  }

  std::unique_ptr<search::Index> index;
  std::unique_ptr<PublicSearch> public_search;

 private:
  void open() {
    public_search.reset();
    index.reset();
    auto opened = search::Index::open(state.path() / "search.sqlite", fingerprint("test"));
    ASSERT_TRUE(opened) << opened.error().message;
    index = std::move(*opened);
    backend->search = index.get();
    public_search = std::make_unique<PublicSearch>(*index, *pipeline, clock);
    public_site->set_search(public_search.get());
  }
};

}  // namespace stet::api
