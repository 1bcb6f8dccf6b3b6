#!/bin/sh
touch HOSTILE-MARK
