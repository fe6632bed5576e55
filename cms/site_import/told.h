// What an import has to say to whoever makes it, gathered with its lines.
//
// Threads: one. Limits: kFindingsMax; what is beyond it is told as a number. Of doubts that is a
// doubt itself, for whoever imports counts them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cms/schedule_import/schedule.h"

namespace stet::site_import {

using schedule_import::Finding;
using schedule_import::Place;

class Told {
 public:
  void assume(Place place, std::string message, std::string assumed);
  void doubt(Place place, std::string message, std::string assumed);
  void leave_out(Place place, std::string message);

  // The same thing that is met many times: told once, at the first place. "12 comments stay behind"
  // is {"comments stay behind", 12}; of one it is `message` alone, behind "1 ".
  void count(Place place, const std::string& message, std::size_t number = 1);

  std::vector<Finding> take();

 private:
  void add(Finding finding);

  struct Counted {
    Place first;
    std::size_t number = 0;
  };
  std::vector<Finding> findings_;
  std::map<std::string, Counted> counted_;
  std::size_t untold_ = 0, untold_doubts_ = 0;
};

}  // namespace stet::site_import
