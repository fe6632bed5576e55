// `site.documents`: what all collections hold, in one list.
//
// Collections stand in the order of the configuration, each with its documents by ascending date
// and after them its static files. Templates ask for it on every page, so it is put together once
// for a version of the site; whoever asks has read all of it. Threads: as the View.
#pragma once

#include "cms/liquid/value.h"

namespace stet::site {

class View;

liquid::Value documents_value(View& view);

}  // namespace stet::site
