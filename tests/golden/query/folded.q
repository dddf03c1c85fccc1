O‘zbekiston ЎЗБЕКИСТОН Ozbekiston o'zbekiston’da
