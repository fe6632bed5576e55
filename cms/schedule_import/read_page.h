// Reads a schedule that somebody has made by hand: a page with tables below headings that are days.
//
// The rule for times is day_order.h's; the zone is what a sentence of the page says; a day without
// a year takes it from the wishes, else from the page's title, permalink, first heading, or the
// file's name, in this order. All that is told, with the line. Threads: pure. Cost: linear in the
// bytes; times of one day as day_order.h says. Input may be any bytes.
#pragma once

#include <string_view>

#include "cms/schedule_import/schedule.h"

namespace stet::schedule_import {

Schedule read_page(std::string_view bytes, std::string_view path, const Wishes& wishes);

}  // namespace stet::schedule_import
