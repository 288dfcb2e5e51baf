"use strict";
// Every file adds one noun to this object; layers that folium adds see it too.
window.geoconflict = {};
